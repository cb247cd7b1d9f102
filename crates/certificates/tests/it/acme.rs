use std::{fs, io, path::Path, sync::Arc};

use firstkey_certificates::{Acme, Kept, Pair, server_config};
use firstkey_testkit::pebble::Pebble;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server that shakes hands with whatever is kept, and a Pebble that looks there.
async fn stage() -> (Arc<Kept>, Pebble, Acme) {
    let kept = Arc::<Kept>::default();
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let pebble = Pebble::start(socket.local_addr().unwrap().port());
    let tls = TlsAcceptor::from(server_config(kept.clone()).unwrap());
    tokio::spawn(async move {
        loop {
            let (stream, _) = socket.accept().await.unwrap();
            tokio::spawn(tls.accept(stream));
        }
    });
    let acme = Acme {
        directory: pebble.directory.clone(),
        contact: "ops@example.org".into(),
        authority: Some(pebble.authority()),
        folder: pebble.folder().to_owned(),
    };
    (kept, pebble, acme)
}

fn hosts() -> Vec<String> {
    ["join.example.org", "console.example.org"].map(str::to_owned).into()
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}

#[expect(clippy::disallowed_methods, reason = "Pebble has the host's clock")]
fn now() -> Timestamp {
    Timestamp::now()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_signs_what_is_proven_and_signs_again() {
    let (kept, pebble, acme) = stage().await;
    assert!(acme.last().unwrap().is_none());
    let obtained = acme.obtain(&hosts(), &kept, &write).await;
    let first: Pair = obtained.unwrap_or_else(|error| panic!("{error}: {}", pebble.log()));
    assert_eq!(first.fits(&hosts(), now()), Ok(()));
    assert_eq!(acme.last().unwrap().unwrap().ends(), first.ends());
    let account = fs::read(pebble.folder().join("account.json")).unwrap();
    let kept_first = fs::read(pebble.folder().join("pair.pem")).unwrap();

    // The same account has another one signed.
    acme.obtain(&hosts(), &kept, &write).await.unwrap();
    assert_eq!(fs::read(pebble.folder().join("account.json")).unwrap(), account);
    assert_ne!(fs::read(pebble.folder().join("pair.pem")).unwrap(), kept_first);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_finds_no_proof_signs_nothing() {
    let (_, pebble, acme) = stage().await;
    // Another server's proofs are not shown where it looks.
    let elsewhere = Kept::default();
    let refused = acme.obtain(&hosts(), &elsewhere, &write).await.unwrap_err();
    assert!(refused.to_string().contains("unauthorized"), "{refused}: {}", pebble.log());
    assert!(acme.last().unwrap().is_none());
}
