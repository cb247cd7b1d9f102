//! HTTPS by the server itself: which certificate it serves, and when it changes.

use std::{
    fs,
    io::{self, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    process::Command,
};

use tokio_rustls::rustls::{ClientConnection, StreamOwned, pki_types::ServerName};

use super::{
    http::Call,
    place::{HOSTS, Place, Up},
};
use crate::server::free_address;

/// A connection that is kept open.
struct Kept(StreamOwned<ClientConnection, TcpStream>);

impl Kept {
    fn open(place: &Place) -> Self {
        let clients = place.authority.as_ref().unwrap().clients();
        let name = ServerName::try_from(HOSTS[0]).unwrap();
        let stream = TcpStream::connect(place.address).unwrap();
        Self(StreamOwned::new(ClientConnection::new(clients, name).unwrap(), stream))
    }

    /// Asks once more; answers with the remark that health carries.
    fn health(&mut self) -> io::Result<String> {
        self.0.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")?;
        let mut answer = vec![0; 4096];
        let length = self.0.read(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        Ok(answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    fn certificate(&self) -> Vec<u8> {
        self.0.conn.peer_certificates().unwrap()[0].to_vec()
    }
}

/// What somebody who comes now is shown.
fn shown(place: &Place) -> Vec<u8> {
    let mut kept = Kept::open(place);
    kept.health().unwrap();
    kept.certificate()
}

fn hang_up(up: &Up) {
    let asked = Command::new("kill").arg("-HUP").arg(up.id().to_string()).status();
    assert!(asked.unwrap().success());
}

#[test]
fn a_renewed_certificate_is_served_without_a_dropped_connection() {
    let place = Place::with_tls();
    let up = place.up();
    let (mut open, first) = (Kept::open(&place), shown(&place));
    assert_eq!(open.health().unwrap(), "");

    // It is noticed by itself,
    place.install(&place.issue());
    place.wait_until(|| {
        open.health().expect("it goes on");
        shown(&place) != first
    });
    // and at once when the server is asked to look.
    let second = shown(&place);
    place.install(&place.issue());
    hang_up(&up);
    place.wait_until(|| {
        open.health().expect("it goes on");
        shown(&place) != second
    });
    assert_eq!(open.certificate(), first);
    assert!(place.said().contains("tls.renewed"), "{}", place.said());
    up.stop();
}

#[test]
fn a_pair_that_cannot_be_used_replaces_nothing_and_is_told_of() {
    let place = Place::with_tls();
    let up = place.up();
    let (mut open, first) = (Kept::open(&place), shown(&place));
    let good = place.issue();
    let authority = place.authority.as_ref().unwrap();
    let ended = authority.issue_for_days(&HOSTS, (2020, 1, 1), (2021, 1, 1)).unwrap();
    let other = authority.issue(&[HOSTS[0], "evil.example"]).unwrap();
    let mut mixed = place.issue();
    mixed.key.clone_from(&good.key);
    let mut torn = place.issue();
    torn.certificate.truncate(200);
    for (bad, why) in [
        (&ended, "the certificate ended at 2021-01-01"),
        (&other, "the certificate is not for console.firstkey.localhost"),
        (&mixed, "belongs to another certificate"),
        (&torn, "certificate.pem: "),
    ] {
        let before = place.said().matches("tls.refused").count();
        place.install(bad);
        hang_up(&up);
        place.wait_until(|| place.said().matches("tls.refused").count() > before);
        let checked = place.run(&["config", "check"]);
        let said = String::from_utf8(checked.stderr).unwrap();
        assert!(!checked.status.success() && said.contains(why), "{why}: {said}");
        let logged = place.said();
        assert!(logged.lines().last().unwrap().contains(why), "{why}: {logged}");
        assert_eq!(shown(&place), first, "{why}");
        place.wait_until(|| open.health().unwrap().contains("cannot be used; one until"));
    }
    // A key that everybody can read is everybody's.
    place.install(&good);
    let key = place.path().join("key.pem");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let checked = place.run(&["config", "check"]);
    assert!(String::from_utf8(checked.stderr).unwrap().contains("chmod o-rwx"));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();

    hang_up(&up);
    place.wait_until(|| shown(&place) != first);
    place.wait_until(|| open.health().unwrap().is_empty());
    assert!(place.say(&["config", "check"]).contains("certificate.pem, until 2060-01-01"));
    up.stop();
}

#[test]
fn a_server_whose_certificate_cannot_be_used_does_not_start() {
    let place = Place::with_tls();
    let mut mixed = place.issue();
    mixed.key = place.issue().key;
    place.install(&mixed);
    let refused = place.run(&["up", "--listen", &place.address.to_string()]);
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("key.pem: the private key belongs to another certificate"), "{said}");
    assert!(!place.data().exists(), "nothing was made");
}

#[test]
fn a_certificate_that_ends_soon_is_told_of() {
    let place = Place::with_tls();
    let soon = jiff::Timestamp::from_second(now() + 3 * 24 * 3600).unwrap();
    let day = soon.to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = (day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs());
    let authority = place.authority.as_ref().unwrap();
    place.install(&authority.issue_for_days(&HOSTS, (2020, 1, 1), day).unwrap());
    let _up = place.up();
    let mut open = Kept::open(&place);
    place.wait_until(|| open.health().unwrap().starts_with("tls: the certificate ends at "));
    assert_eq!(place.said().matches("tls.ends").count(), 1);
}

#[expect(clippy::disallowed_methods, reason = "the server under test has the host's clock")]
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[test]
fn plain_http_is_led_to_https_and_browsers_are_told_to_remember() {
    let place = Place::with_tls();
    let plain = free_address();
    let mut command = place.command();
    command.args(["up", "--listen", &place.address.to_string()]);
    command.env("FIRSTKEY_TLS__REDIRECT", plain.to_string());
    let _up = place.start(command);

    let answer = Call::get(&place.join(), "/healthz").send(&place).unwrap();
    assert_eq!(answer.status, 200);
    let page = Call::get(&place.console(), "/sign-in").send(&place).unwrap();
    let remember = page.header("strict-transport-security").unwrap();
    assert!(remember.starts_with("max-age="), "{remember}");

    let mut stream = TcpStream::connect(plain).unwrap();
    let host = format!("{}:{}", HOSTS[0], plain.port());
    write!(stream, "GET /i/abc HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 308"), "{answer}");
    assert!(answer.contains(&format!("location: {}/i/abc\r\n", place.join())), "{answer}");

    // And on the port of TLS, nothing answers who does not speak it.
    let plain = Call::get(&place.join().replace("https", "http"), "/healthz").send(&place);
    assert!(plain.is_err(), "{plain:?}");
}
