//! Pebble, the ACME server that Let's Encrypt tests clients with, and the names that it resolves.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, StreamOwned,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

use crate::authority::{Authority, trusting};

/// How long it may take to start, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running Pebble, until it is dropped.
pub struct Pebble {
    /// The address of its directory.
    pub directory: String,
    management: u16,
    authority: Authority,
    processes: Vec<Child>,
    folder: TempDir,
}

impl Drop for Pebble {
    fn drop(&mut self) {
        for process in &mut self.processes {
            _ = process.kill();
            _ = process.wait();
        }
    }
}

impl Pebble {
    /// Starts one that looks for proofs on this port of this machine.
    ///
    /// # Panics
    ///
    /// When Debian's package `pebble` is not installed, or it does not start.
    pub fn start(proofs: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (port, management, names, control) = (free(), free(), free(), free());
        let authority = Authority::new().unwrap();
        let issued = authority.issue(&["localhost", "127.0.0.1"]).unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        put("authority.pem", &authority.pem());
        put("certificate.pem", &issued.certificate);
        put("key.pem", &issued.key);
        let config = json!({ "pebble": {
            "listenAddress": format!("127.0.0.1:{port}"),
            "managementListenAddress": format!("127.0.0.1:{management}"),
            "certificate": folder.path().join("certificate.pem"),
            "privateKey": folder.path().join("key.pem"),
            "httpPort": 1,
            "tlsPort": proofs,
            "ocspResponderURL": "",
            "externalAccountBindingRequired": false,
        } });
        put("pebble.json", &config.to_string());
        let names = format!("127.0.0.1:{names}");
        let mut resolver = Command::new("pebble-challtestsrv");
        resolver.args(["-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dns01", &names]);
        resolver.args(["-http01", "", "-https01", "", "-tlsalpn01", ""]);
        resolver.args(["-management", &format!("127.0.0.1:{control}")]);
        let mut pebble = Command::new("pebble");
        pebble.args(["-dnsserver", &names, "-config"]).arg(folder.path().join("pebble.json"));
        pebble.env("PEBBLE_VA_NOSLEEP", "1").current_dir(folder.path());
        let log = folder.path().join("log");
        let mut started = Vec::new();
        for mut command in [resolver, pebble] {
            let log = fs::File::options().create(true).append(true).open(&log).unwrap();
            command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
            let process = command.spawn();
            started.push(process.expect("Debian's package pebble is installed"));
        }
        let directory = format!("https://localhost:{port}/dir");
        let server = Self { directory, management, authority, processes: started, folder };
        let ends = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < ends, "{}", fs::read_to_string(&log).unwrap());
            thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// Who signed its own certificate.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// What it said.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// How somebody connects who trusts what it signs. Its root is another one at each start.
    ///
    /// # Panics
    ///
    /// When it does not say which.
    pub fn clients(&self) -> Arc<ClientConfig> {
        let name = ServerName::try_from("localhost").unwrap();
        let client = ClientConnection::new(self.authority.clients(), name).unwrap();
        let stream = TcpStream::connect(("127.0.0.1", self.management)).unwrap();
        let mut stream = StreamOwned::new(client, stream);
        let ask = b"GET /roots/0 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        stream.write_all(ask).unwrap();
        let mut answer = Vec::new();
        // How it ends does not matter once the certificate is here.
        _ = stream.read_to_end(&mut answer);
        trusting(CertificateDer::from_pem_slice(&answer).unwrap())
    }

    /// A folder of its own for whoever asks it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// A port that was free a moment ago.
fn free() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
