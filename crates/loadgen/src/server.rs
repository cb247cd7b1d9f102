//! The server under test: started, pinned, asked by command, stopped.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Fallible, UnderTest,
    host::{self, Memory},
    mail::Letters,
    site::Site,
};

/// The longest that a start may take.
const START_TIME: Duration = Duration::from_secs(60);
/// How often a starting server is asked whether it answers.
const ASK_EVERY: Duration = Duration::from_micros(500);

/// How to start the server, and where.
#[derive(Debug, Clone)]
pub struct Program {
    file: PathBuf,
    core: usize,
    folder: PathBuf,
    letters: Letters,
    /// Its names.
    pub site: Site,
}

/// A running server. Killed when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    letters: Letters,
    /// From the start of the process until it answered a request.
    pub until_answer: Duration,
}

impl Program {
    /// A server with an empty folder that sends its mail to this relay.
    pub fn new(under_test: &UnderTest, letters: &Letters) -> Fallible<Self> {
        let folder = under_test.folder.clone();
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self {
            file: under_test.server.canonicalize()?,
            core: under_test.core,
            folder: folder.canonicalize()?,
            letters: letters.clone(),
            site: Site::on_free_port()?,
        })
    }

    /// A folder on the same disk.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A command of the program, pinned to the server's core, with our configuration only.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", &self.core.to_string()]).arg(&self.file).args(arguments);
        command.arg("--data").arg(self.data()).current_dir(&self.folder).stdin(Stdio::null());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("FIRSTKEY_MAIL__HOST", self.letters.relay.ip().to_string());
        command.env("FIRSTKEY_MAIL__PORT", self.letters.relay.port().to_string());
        command
    }

    /// Starts it as shipped, its log in a file, and waits for its first answer.
    pub fn start(&self) -> Fallible<Server> {
        let log = File::options().create(true).append(true).open(self.folder.join("server.log"))?;
        let listen = self.site.address.to_string();
        let mut command = self.command(&["up", "--listen", &listen]);
        command.stdout(log.try_clone()?).stderr(log);
        let began = Instant::now();
        let child = command.spawn().map_err(|error| format!("taskset: {error}"))?;
        let mut server =
            Server { child, letters: self.letters.clone(), until_answer: Duration::ZERO };
        while !answers(self.site.address) {
            if let Some(status) = server.child.try_wait()? {
                return Err(
                    format!("the server stopped: {status}; see {}", self.folder.display()).into()
                );
            }
            if began.elapsed() > START_TIME {
                return Err("the server does not answer".into());
            }
            thread::sleep(ASK_EVERY);
        }
        server.until_answer = began.elapsed();
        Ok(server)
    }

    /// Runs one of its other commands to the end.
    pub fn run(&self, arguments: &[&str]) -> Fallible<String> {
        let output = self.command(arguments).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(text);
        }
        let error = String::from_utf8_lossy(&output.stderr);
        Err(format!("firstkey {}: {text}{error}", arguments.join(" ")).into())
    }
}

impl Server {
    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// CPU time used so far.
    pub fn cpu(&self) -> Fallible<Duration> {
        host::cpu_time(self.id())
    }

    /// How many letters have arrived from it.
    pub fn letters(&self) -> u64 {
        self.letters.count()
    }

    /// Its memory.
    pub fn memory(&self) -> Fallible<Memory> {
        host::memory(self.id())
    }

    /// Stops it as an operator would.
    pub fn stop(mut self) -> Fallible<()> {
        Command::new("kill").args(["-TERM", &self.id().to_string()]).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails when it has ended, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether the server answers a request.
fn answers(address: SocketAddr) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        std::io::Result::Ok(status)
    };
    ask().is_ok_and(|status| status.ends_with(b"200"))
}
