//! A TPM that is software, but not ours: `swtpm`, spoken to with `tpm2-tools`, as Debian has them.

mod certify;
mod registration;

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A TPM of its own in a private folder, which ends with this value.
struct Swtpm {
    process: Child,
    folder: TempDir,
}

impl Swtpm {
    /// A new TPM. Panics, naming the packages, when the programs are not installed.
    fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let mut command = Command::new("swtpm");
        command
            .args(["socket", "--tpm2", "--flags", "not-need-init,startup-clear"])
            .args(["--tpmstate", &format!("dir={}", folder.path().display())])
            .args(["--server", &format!("type=unixio,path={}", at("socket"))])
            .args(["--ctrl", &format!("type=unixio,path={}", at("socket.ctrl"))])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(folder.path().join("complaints")).unwrap());
        let process = command.spawn().unwrap_or_else(|error| missing("swtpm", &error));
        let mut tpm = Self { process, folder };
        tpm.wait_for_its_sockets();
        tpm
    }

    fn wait_for_its_sockets(&mut self) {
        let patience = Instant::now() + Duration::from_secs(20);
        while !(self.path("socket").exists() && self.path("socket.ctrl").exists()) {
            let runs = self.process.try_wait().unwrap().is_none();
            let complaints = || String::from_utf8_lossy(&self.read("complaints")).into_owned();
            assert!(runs && Instant::now() < patience, "swtpm: {}", complaints());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Runs one of tpm2-tools in the private folder. `words` are split at spaces.
    fn run(&self, words: &str) {
        let mut words = words.split(' ');
        let program = words.next().unwrap();
        let output = Command::new(program)
            .args(words)
            .current_dir(self.folder.path())
            .env("TPM2TOOLS_TCTI", format!("swtpm:path={}", self.path("socket").display()))
            .output()
            .unwrap_or_else(|error| missing(program, &error));
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program}: {complaint}");
        if program != "tpm2_flushcontext" {
            // Nobody else makes room in the TPM for the next object.
            self.run("tpm2_flushcontext -t");
        }
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.path(name), content).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        Path::join(self.folder.path(), name)
    }
}

impl Drop for Swtpm {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

fn missing(program: &str, error: &std::io::Error) -> ! {
    assert_eq!(error.kind(), ErrorKind::NotFound, "{program}: {error}");
    panic!(
        "{program} is not installed: run `cargo xtask prerequisites`, \
         or `sudo apt-get install swtpm tpm2-tools`"
    )
}
