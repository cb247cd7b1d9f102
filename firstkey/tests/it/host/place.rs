//! A folder, a port and a mail relay on which servers come and go.

use std::{
    fmt::Write as _,
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    os::{fd::OwnedFd, unix::fs::PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use firstkey_testkit::authority::{Authority, Issued};
use tempfile::TempDir;

use super::{http, post::Post};
use crate::server::{firstkey, free_address};

/// How long a server may take until it answers, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Limits the size of every file.
const LITTLE_SPACE: &str = "ulimit -S -f \"$0\"; exec \"$@\"";

/// Whom joiners and everybody else go to.
pub const HOSTS: [&str; 2] = ["join.firstkey.localhost", "console.firstkey.localhost"];

/// Hands standard input on as the first socket that is passed (`sd_listen_fds(3)`).
const PASSED: &str = "LISTEN_PID=$$ LISTEN_FDS=1; export LISTEN_PID LISTEN_FDS; \
                      exec \"$@\" 3<&0 </dev/null";

/// Where servers come and go.
pub struct Place {
    pub address: SocketAddr,
    pub post: Post,
    /// Who signed the certificate, where the servers speak HTTPS.
    pub authority: Option<Authority>,
    folder: TempDir,
}

/// A server; killed when it is dropped.
pub struct Up(Child);

impl Up {
    /// The process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Stops it as `systemctl stop` does.
    pub fn stop(mut self) {
        let asked = Command::new("kill").arg(self.0.id().to_string()).status();
        assert!(asked.unwrap().success());
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if thread::panicking() {
            let log = fs::read_to_string(self.log()).unwrap_or_default();
            // Requests that went well explain nothing.
            for line in log.lines().filter(|line| !line.contains("INFO")) {
                println!("server: {line}");
            }
        }
    }
}

/// What the binary is told by its environment, when something else starts it.
fn take_environment(command: &mut Command, plain: &Command) {
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
}

impl Place {
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("firstkey-host-").unwrap();
        Self { address: free_address(), post: Post::start(), authority: None, folder }
    }

    /// Where servers speak HTTPS themselves.
    pub fn with_tls() -> Self {
        let mut place = Self::new();
        place.authority = Some(Authority::new().unwrap());
        place.install(&place.issue());
        place
    }

    /// A certificate for both names, and its key.
    pub fn issue(&self) -> Issued {
        self.authority.as_ref().unwrap().issue(&HOSTS).unwrap()
    }

    /// Puts them where the servers look.
    pub fn install(&self, issued: &Issued) {
        let key = self.path().join("key.pem");
        fs::write(&key, &issued.key).unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(self.path().join("certificate.pem"), &issued.certificate).unwrap();
    }

    fn origin(&self, host: &str) -> String {
        let scheme = if self.authority.is_some() { "https" } else { "http" };
        format!("{scheme}://{host}:{}", self.address.port())
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    pub fn join(&self) -> String {
        self.origin(HOSTS[0])
    }

    pub fn console(&self) -> String {
        self.origin(HOSTS[1])
    }

    /// A command on this folder, which also is where it runs.
    pub fn command(&self) -> Command {
        let mut command = firstkey(self.path());
        command.env("FIRSTKEY_MAIL__PORT", self.post.port().to_string());
        if self.authority.is_some() {
            command
                .env("FIRSTKEY_SERVER__JOIN_ORIGIN", self.join())
                .env("FIRSTKEY_SERVER__CONSOLE_ORIGIN", self.console())
                .env("FIRSTKEY_TLS__CERTIFICATE", self.path().join("certificate.pem"))
                .env("FIRSTKEY_TLS__KEY", self.path().join("key.pem"));
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    /// Runs a command that goes well; answers with what it said.
    pub fn say(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts a server and waits until it answers.
    pub fn up(&self) -> Up {
        let mut command = self.command();
        command.args(["up", "--listen", &self.address.to_string()]);
        self.start(command)
    }

    /// The same, on a disk on which no file can become longer than so many KiB.
    pub fn up_with_little_space(&self, kib: u64) -> Up {
        let plain = self.command();
        let mut command = Command::new("sh");
        // `sh` counts in blocks of 512 bytes (POSIX).
        command.args(["-c", LITTLE_SPACE, &(kib * 2).to_string()]).arg(plain.get_program());
        command.args(["up", "--listen", &self.address.to_string()]);
        command.current_dir(self.path()).stdin(Stdio::null());
        take_environment(&mut command, &plain);
        self.start(command)
    }

    /// The same, on a socket that is passed to it as systemd does. It outlives the server.
    pub fn up_on(&self, socket: &TcpListener) -> Up {
        self.start(self.passing(socket))
    }

    /// What a server says that does not start on such a socket.
    pub fn refused_on(&self, socket: &TcpListener) -> String {
        let output = self.passing(socket).output().unwrap();
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn passing(&self, socket: &TcpListener) -> Command {
        let plain = self.command();
        let mut command = Command::new("sh");
        command.args(["-c", PASSED, "sh"]).arg(plain.get_program()).args(["up", "--listen"]);
        command.arg(self.address.to_string());
        command.current_dir(self.path()).stdin(OwnedFd::from(socket.try_clone().unwrap()));
        take_environment(&mut command, &plain);
        command
    }

    /// What the servers logged.
    pub fn said(&self) -> String {
        fs::read_to_string(self.log()).unwrap()
    }

    /// Where it stands.
    fn log(&self) -> PathBuf {
        self.path().join("log")
    }

    /// Starts a server, and does not wait for it.
    pub fn spawn(&self, mut command: Command) -> Up {
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        command.stdout(Stdio::null()).stderr(log);
        Up(command.spawn().unwrap())
    }

    /// Starts a server and waits until it answers.
    pub fn start(&self, command: Command) -> Up {
        let mut up = self.spawn(command);
        let ends = Instant::now() + PATIENCE;
        while !self.answers() {
            assert!(Instant::now() < ends, "the server does not answer");
            if let Some(status) = up.0.try_wait().unwrap() {
                panic!("the server ended: {status}");
            }
            thread::sleep(Duration::from_millis(10));
        }
        up
    }

    /// Waits until this is so.
    pub fn wait_until(&self, mut is_so: impl FnMut() -> bool) {
        let ends = Instant::now() + PATIENCE;
        while !is_so() {
            assert!(Instant::now() < ends, "it does not come to be: {}", self.said());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Whether a server answers here.
    pub fn answers(&self) -> bool {
        let answer = http::Call::get(&self.join(), "/healthz").send(self);
        answer.is_ok_and(|answer| answer.status == 200)
    }

    /// Makes a key to which backups are encrypted; answers with the public half. The secret one is in
    /// `key.txt`.
    pub fn backup_key(&self) -> String {
        let made = Command::new("age-keygen").arg("-o").arg(self.path().join("key.txt")).output();
        assert!(made.expect("age is installed").status.success());
        let file = fs::read_to_string(self.path().join("key.txt")).unwrap();
        let said = file.lines().find_map(|line| line.strip_prefix("# public key: "));
        said.unwrap().to_owned()
    }

    /// The newest checkpoint, as somebody outside keeps it in `newest.txt`.
    pub fn keep_checkpoint(&self) {
        let call = http::Call::get(&self.console(), "/log/lifecycle/checkpoint");
        let ends = Instant::now() + PATIENCE;
        let note = loop {
            let note = call.send(self).unwrap();
            if note.status == 200 {
                break note;
            }
            assert!(Instant::now() < ends, "nothing is signed: {note:?}");
            thread::sleep(Duration::from_millis(20));
        };
        fs::write(self.path().join("newest.txt"), note.body).unwrap();
    }

    /// Imports so many joiners whom this person sponsors; answers with their addresses.
    pub fn import(&self, sponsor: &str, from: usize, count: usize) -> Vec<String> {
        let mut csv = String::from(
            "external_id,given_name,family_name,personal_email,sponsor,start_date,time_zone,\
             worker_type\n",
        );
        let mut addresses = Vec::new();
        for number in from..from + count {
            let address = format!("joiner{number}@mail.example");
            writeln!(
                csv,
                "E{number},Ana{number},Lopes,{address},{sponsor},2026-01-05,UTC,employee"
            )
            .expect("text takes all text");
            self.post.watch(&address);
            addresses.push(address);
        }
        let file = self.path().join(format!("joiners-{from}.csv"));
        fs::write(&file, csv).unwrap();
        let said = self.say(&["import", file.to_str().unwrap()]);
        assert!(said.starts_with(&format!("{count} joined")), "{said}");
        addresses
    }
}
