//! Certificates from a real ACME server: signed, renewed on request, and kept over a restart.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    process::Command,
    sync::Arc,
};

use firstkey_testkit::pebble::Pebble;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, StreamOwned, pki_types::ServerName};

use super::place::{HOSTS, Place};

/// A connection to one of the names.
struct Connection(StreamOwned<ClientConnection, TcpStream>);

impl Connection {
    fn open(place: &Place, clients: Arc<ClientConfig>, host: &'static str) -> Self {
        let name = ServerName::try_from(host).unwrap();
        let stream = TcpStream::connect(place.address).unwrap();
        Self(StreamOwned::new(ClientConnection::new(clients, name).unwrap(), stream))
    }

    /// The certificate, after an answer.
    fn certificate(&mut self) -> io::Result<Vec<u8>> {
        self.0.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")?;
        let mut answer = vec![0; 4096];
        let length = self.0.read(&mut answer)?;
        assert!(answer[..length].starts_with(b"HTTP/1.1 200"), "{answer:?}");
        Ok(self.0.conn.peer_certificates().unwrap()[0].to_vec())
    }
}

#[test]
fn an_authority_signs_the_certificate_and_signs_it_again() {
    let place = Place::new();
    let pebble = Pebble::start(place.address.port());
    let up = || {
        let mut command = place.command();
        let origin = |host: &str| format!("https://{host}:{}", place.address.port());
        command
            .args(["up", "--listen", &place.address.to_string()])
            .env("FIRSTKEY_SERVER__JOIN_ORIGIN", origin(HOSTS[0]))
            .env("FIRSTKEY_SERVER__CONSOLE_ORIGIN", origin(HOSTS[1]))
            .env("FIRSTKEY_ACME__DIRECTORY", &pebble.directory)
            .env("FIRSTKEY_ACME__TERMS_AGREED", "true")
            .env("FIRSTKEY_ACME__AUTHORITY", pebble.authority());
        place.spawn(command)
    };
    let renewals = || place.said().matches("tls.renewed").count();
    let server = up();
    place.wait_until(|| renewals() == 1);
    // Each client is a new one: whoever comes back resumes, and is shown no certificate again.
    let mut open = Connection::open(&place, pebble.clients(), HOSTS[0]);
    let first = open.certificate().unwrap();
    let console = Connection::open(&place, pebble.clients(), HOSTS[1]).certificate().unwrap();
    assert_eq!(console, first, "one for both names");

    // Asked to, it has another one signed, and goes on with open connections.
    let asked = Command::new("kill").arg("-HUP").arg(server.id().to_string()).status();
    assert!(asked.unwrap().success());
    place.wait_until(|| renewals() == 2);
    open.certificate().unwrap();
    let second = Connection::open(&place, pebble.clients(), HOSTS[0]).certificate().unwrap();
    assert_ne!(second, first);
    server.stop();

    // What was signed is served at once after a restart.
    let server = up();
    place.wait_until(|| TcpStream::connect(place.address).is_ok());
    let third = Connection::open(&place, pebble.clients(), HOSTS[0]).certificate().unwrap();
    assert_eq!(third, second);
    assert_eq!(renewals(), 2);
    server.stop();
}
