//! `firstkey metadata`, with a server and without one.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    os::unix::net::UnixStream,
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use firstkey_testkit::authenticator::{Algorithm, MetadataSigner, TestAuthority};
use serde_json::json;

use super::{http::Call, place::Place};

/// How long a server may take to log something, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A metadata service, whose root the configuration names.
struct Service {
    signer: MetadataSigner,
}

impl Service {
    fn at(place: &Place) -> Self {
        let mut root = TestAuthority::new(300);
        let pem = format!(
            "Some root.\n-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            STANDARD.encode(root.certificate())
        );
        fs::write(place.path().join("root.pem"), pem).unwrap();
        let config = "[attestation]\nmetadata_roots = [\"root.pem\"]\n";
        fs::write(place.path().join("firstkey.toml"), config).unwrap();
        Self { signer: root.metadata_signer("mds.fidoalliance.org", Algorithm::Rs256) }
    }

    fn publish(&self, place: &Place, name: &str, number: u64, next_update: &str) {
        let payload = json!({ "no": number, "nextUpdate": next_update, "entries": [
            { "aaguid": "a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1", "statusReports": [],
              "metadataStatement": { "attestationTypes": [], "attestationRootCertificates": [] } },
            { "aaguid": "b2" },
        ]});
        fs::write(place.path().join(name), self.signer.sign(&payload)).unwrap();
    }
}

fn refused(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn metadata_is_imported_and_shown_with_a_server_and_without() {
    let place = Place::new();
    let service = Service::at(&place);
    service.publish(&place, "first.jwt", 277, "2999-01-01");
    service.publish(&place, "second.jwt", 278, "2020-02-01");
    let missing = refused(&place, &["metadata", "show"]);
    assert!(missing.contains("firstkey up"), "there is no folder yet: {missing}");

    let up = place.up();
    let none = place.say(&["metadata", "show"]);
    assert!(none.contains("No FIDO metadata was imported"), "{none}");
    let said = place.say(&["metadata", "import", "first.jwt"]);
    assert!(said.starts_with("FIDO metadata number 277 is in force now.\n"), "{said}");
    assert!(said.contains("Models known: 1. A newer one is due by 2999-01-01."), "{said}");
    assert!(said.contains("Entries set aside: 1.") && said.contains("  entry 1: "), "{said}");
    let again = place.say(&["metadata", "import", "first.jwt"]);
    assert!(again.contains("number 277, was in force already"), "{again}");
    let by_address = format!("http://{}", place.address);
    let metrics = Call::get(&by_address, "/metrics").send(&place).unwrap();
    assert!(metrics.body.contains("\nfirstkey_metadata_number 277\n"), "{metrics:?}");
    let received = fs::read_dir(place.data()).unwrap().map(|file| file.unwrap().file_name());
    assert!(received.into_iter().all(|name| !name.to_string_lossy().starts_with("received-")));
    up.stop();

    let said = place.say(&["metadata", "import", "second.jwt"]);
    assert!(said.starts_with("FIDO metadata number 278 is in force now.\n"), "{said}");
    let shown = place.say(&["metadata", "show"]);
    assert!(shown.starts_with("FIDO metadata number 278 is in force since 2"), "{shown}");
    assert!(shown.contains(" on the host.\n") && shown.contains("OUT OF DATE"), "{shown}");
    let older = refused(&place, &["metadata", "import", "first.jwt"]);
    assert!(older.contains("number 277, and number 278 is in force"), "{older}");
    place.say(&["log", "check"]);

    // A server that starts says that it is out of date, and goes on.
    let _up = place.up();
    let ends = Instant::now() + PATIENCE;
    while !place.said().contains("metadata.stale") {
        assert!(Instant::now() < ends, "{}", place.said());
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_is_no_metadata_of_a_known_signer_is_refused() {
    let place = Place::new();
    let service = Service::at(&place);
    service.publish(&place, "ours.jwt", 277, "2999-01-01");
    let _up = place.up();
    fs::write(place.path().join("text.jwt"), "hello").unwrap();
    let said = refused(&place, &["metadata", "import", "text.jwt"]);
    assert!(said.contains("the BLOB is not a signed token"), "{said}");
    let said = refused(&place, &["metadata", "import", "nowhere.jwt"]);
    assert!(said.contains("nowhere.jwt"), "{said}");
    // Not even looked at, whatever is in it.
    let large = File::create(place.path().join("large.jwt")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    let said = refused(&place, &["metadata", "import", "large.jwt"]);
    assert!(said.contains("large.jwt: the file is too large"), "{said}");
    let mut server = UnixStream::connect(place.data().join("control.sock")).unwrap();
    server.write_all(b"{\"import_metadata\":{\"bytes\":67108865}}\n").unwrap();
    let answers: Vec<_> = BufReader::new(server).lines().map(Result::unwrap).collect();
    assert_eq!(answers, [r#"{"refused":"the file is too large"}"#], "and nothing more is read");
    let none = place.say(&["metadata", "show"]);
    assert!(none.contains("No FIDO metadata was imported"), "{none}");
}

#[test]
fn without_other_roots_only_the_fido_alliances_count() {
    let place = Place::new();
    let service = Service::at(&place);
    service.publish(&place, "ours.jwt", 277, "2999-01-01");
    fs::remove_file(place.path().join("firstkey.toml")).unwrap();
    place.up().stop();
    let said = refused(&place, &["metadata", "import", "ours.jwt"]);
    assert!(said.contains("the chain leads to no accepted root"), "{said}");
}

#[test]
fn roots_are_read_before_anything_starts() {
    let place = Place::new();
    let _ = Service::at(&place);
    place.say(&["config", "check"]);
    let bad = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (content, why) in [
        (None, "No such file"),
        (Some("nothing"), "there is no certificate in it"),
        (Some(bad), "not an X.509 certificate"),
    ] {
        let file = place.path().join("root.pem");
        match content {
            Some(content) => fs::write(&file, content).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        for command in [["config", "check"].as_slice(), &["up"]] {
            let said = refused(&place, command);
            assert!(said.contains("attestation.metadata_roots: root.pem: "), "{said}");
            assert!(said.contains(why), "{said}");
        }
    }
}
