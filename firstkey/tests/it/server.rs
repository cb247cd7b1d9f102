//! The binary, started as somebody would start it, on a folder and a port of its own.

use std::{
    ffi::OsStr,
    fs::File,
    io::{BufRead as _, BufReader},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// How long the server may take to say what a test waits for, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// `firstkey up --demo`, until it is dropped.
pub struct Server {
    /// Where everybody goes who does not join.
    pub console: String,
    /// The page that shows the letters.
    pub mailbox: String,
    process: Child,
    folder: TempDir,
}

impl Server {
    /// Starts it on a new folder, without a terminal, and waits until its administrator can be set up.
    pub fn start() -> Self {
        let folder = TempDir::with_prefix("firstkey-test-").unwrap();
        let address = free_address();
        let mut process = firstkey(folder.path())
            .args(["up", "--demo", "--listen", &address.to_string(), "--data"])
            .arg(folder.path().join("data"))
            .stdout(Stdio::piped())
            .stderr(File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let greeting = Greeting::of(&mut process);
        Self {
            console: greeting.after("Everybody else:"),
            mailbox: greeting.after("Mailbox:"),
            process,
            folder,
        }
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The administrator's link, out of its private file.
    pub fn setup_link(&self) -> String {
        let link = std::fs::read_to_string(self.data().join("setup-link")).unwrap();
        link.trim().to_owned()
    }

    /// Runs another command on the same data folder, which is put after `arguments`.
    pub fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Output {
        firstkey(self.folder.path())
            .args(arguments)
            .arg("--data")
            .arg(self.data())
            .output()
            .unwrap()
    }

    /// Verifies a receipt as somebody outside would: with the log's public key, and nothing else.
    pub fn verify(&self, receipt: &serde_json::Value) -> Output {
        let file = self.folder.path().join("receipt.json");
        std::fs::write(&file, receipt.to_string()).unwrap();
        let mut verify = firstkey(self.folder.path());
        verify.arg("verify").arg(file).arg("--key").arg(self.data().join("log.pub"));
        verify.output().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            // Requests that went well explain nothing.
            for line in log.lines().filter(|line| !line.contains("INFO")) {
                println!("server: {line}");
            }
        }
    }
}

/// The binary, where no configuration of the machine reaches it.
pub fn firstkey(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firstkey"));
    command.current_dir(folder).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FIRSTKEY_") {
            command.env_remove(name);
        }
    }
    command
}

/// A port that was free a moment ago.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// What the server says when it starts.
struct Greeting(Vec<String>);

impl Greeting {
    /// Reads until it says how to go on. What it says later is read and dropped, so that it never
    /// has to wait for a reader.
    fn of(process: &mut Child) -> Self {
        let (told, hear) = mpsc::channel();
        let said = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || {
            said.lines().map_while(Result::ok).for_each(|line| drop(told.send(line)));
        });
        let (ends, mut lines) = (Instant::now() + PATIENCE, Vec::new());
        while !lines.iter().any(|line: &String| line.starts_with("Then run:")) {
            let left = ends.saturating_duration_since(Instant::now());
            match hear.recv_timeout(left) {
                Ok(line) => lines.push(line),
                Err(error) => panic!("the server did not start ({error}): {}", lines.join("\n")),
            }
        }
        Self(lines)
    }

    fn after(&self, label: &str) -> String {
        let line = self.0.iter().find_map(|line| line.trim().strip_prefix(label));
        line.unwrap_or_else(|| panic!("{label} is not in {:?}", self.0)).trim().to_owned()
    }
}
