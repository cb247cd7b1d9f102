//! A folder, a port and a mail relay on which servers come and go.

use std::{
    fmt::Write as _,
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::{http, post::Post};
use crate::server::{firstkey, free_address};

/// How long a server may take until it answers, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Limits the size of every file.
const LITTLE_SPACE: &str = "ulimit -S -f \"$0\"; exec \"$@\"";

/// Where servers come and go.
pub struct Place {
    pub address: SocketAddr,
    pub post: Post,
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

impl Place {
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("firstkey-host-").unwrap();
        Self { address: free_address(), post: Post::start(), folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    pub fn join(&self) -> String {
        format!("http://join.firstkey.localhost:{}", self.address.port())
    }

    pub fn console(&self) -> String {
        format!("http://console.firstkey.localhost:{}", self.address.port())
    }

    /// A command on this folder, which also is where it runs.
    pub fn command(&self) -> Command {
        let mut command = firstkey(self.path());
        command.env("FIRSTKEY_MAIL__PORT", self.post.port().to_string());
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
        for (name, value) in plain.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        self.start(command)
    }

    /// What the servers logged.
    pub fn said(&self) -> String {
        fs::read_to_string(self.log()).unwrap()
    }

    /// Where it stands.
    fn log(&self) -> PathBuf {
        self.path().join("log")
    }

    fn start(&self, mut command: Command) -> Up {
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        command.stdout(Stdio::null()).stderr(log);
        let mut up = Up(command.spawn().unwrap());
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

    /// Whether a server answers here.
    pub fn answers(&self) -> bool {
        let answer = http::Call::get(&self.join(), "/healthz").send(self.address);
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
            let note = call.send(self.address).unwrap();
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
