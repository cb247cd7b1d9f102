//! FIDO metadata: a signed file is imported, kept, and used to judge registrations.

use std::sync::{Arc, LazyLock};

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use base64::{Engine, engine::general_purpose::STANDARD};
use firstkey_app::{
    Fault, Outcome,
    audit::{
        CheckError, Tampering,
        check::{Change, RowName},
    },
    enrolling::{Ceremony, Register, RegisterFault, Registered},
    metadata::{
        ImportMetadata, ImportMetadataFault, ImportedMetadata, MetadataFault, MetadataReport,
    },
    policy::Activate,
};
use firstkey_domain::{
    Actor, Attestation, StreamId,
    metadata::{MetadataInForce, NotNewer},
};
use firstkey_policy::DEFAULT;
use firstkey_ports::{Commit, MetadataFile, Row};
use firstkey_store_sqlite::{Options, SqliteStore};
use firstkey_testkit::authenticator::{
    Algorithm, Attestation as Shown, AttestationKey, MetadataSigner, SoftAuthenticator,
    TestAuthority,
};
use firstkey_webauthn::{
    ChainError, TrustAnchor,
    metadata::{FIDO_SIGNER, KeyIdentifier, MetadataError},
};
use jiff::SignedDuration;
use rcgen::date_time_ymd;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    edited_database::checked,
    invariants::{Whole, over_both_stores},
    sessions::Overtaken,
    world::{Browser, HOST_USER, Member, World, metadata_root, settings},
};

over_both_stores!(
    an_imported_file_is_in_force,
    only_a_newer_file_replaces_it,
    the_same_file_again_changes_nothing,
    a_file_that_somebody_else_signed_is_refused,
    what_cannot_be_read_of_a_file_is_said,
    a_listed_model_is_vouched_for_once_the_file_is_imported,
    rule_16_an_import_before_the_commit_is_decided_upon_again,
    an_import_that_two_begin_at_once_happens_once,
    whoever_reads_during_an_import_finds_nothing_amiss,
);

/// The model of the security keys in these stories.
pub const MODEL: [u8; 16] = [0xa1; 16];

/// Its vendor.
pub fn vendor() -> TestAuthority {
    TestAuthority::new(301)
}

/// Who signs.
pub fn signer() -> MetadataSigner {
    metadata_root().metadata_signer(FIDO_SIGNER, Algorithm::Es256)
}

/// An entry about [`MODEL`].
pub fn entry() -> Value {
    json!({
        "aaguid": "a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1",
        "metadataStatement": {
            "description": "Soft key",
            "protocolFamily": "fido2",
            "attestationTypes": ["basic_full"],
            "attestationRootCertificates": [STANDARD.encode(vendor().certificate())],
        },
        "statusReports": [{ "status": "FIDO_CERTIFIED_L1", "effectiveDate": "2021-05-01" }],
        "timeOfLastStatusChange": "2021-05-01",
    })
}

pub fn payload(number: u64, entries: &Value) -> Value {
    json!({ "no": number, "nextUpdate": "2026-04-01", "entries": entries })
}

/// Number 277, which lists [`MODEL`]. Made once: no two signatures are the same.
fn file() -> MetadataFile {
    static FILE: LazyLock<MetadataFile> =
        LazyLock::new(|| signed(&signer(), &payload(277, &json!([entry()]))));
    FILE.clone()
}

pub fn signed(signer: &MetadataSigner, payload: &Value) -> MetadataFile {
    MetadataFile::new(signer.sign(payload).into_bytes())
}

fn importing(file: &MetadataFile) -> ImportMetadata {
    ImportMetadata { host: HOST_USER.into(), file: file.clone() }
}

async fn import<S: Whole>(
    world: &World<S>,
    file: &MetadataFile,
) -> Result<ImportedMetadata, ImportMetadataFault> {
    world.app.run(&importing(file)).await.map_err(|fault| match fault {
        Fault::Refused(reason) => reason,
        fault => panic!("{fault}"),
    })
}

/// Imports what is newer than all before it.
pub async fn imported<S: Whole>(world: &World<S>, file: &MetadataFile) -> MetadataReport {
    match import(world, file).await.unwrap() {
        ImportedMetadata::New(report) => report,
        same @ ImportedMetadata::Same(_) => panic!("{same:?}"),
    }
}

async fn in_force<S: Whole>(world: &World<S>) -> Option<MetadataInForce> {
    let loaded = world.app.peek::<MetadataInForce>(StreamId::METADATA).await.unwrap();
    loaded.map(|loaded| loaded.state)
}

/// How many events say that metadata was imported.
async fn imports<S: Whole>(world: &World<S>) -> usize {
    world.app.store().entries(StreamId::METADATA).await.unwrap().len()
}

async fn an_imported_file_is_in_force<S: Whole>(world: Arc<World<S>>) {
    assert_eq!(world.app.metadata_report().await.unwrap(), None);
    let file = file();
    let report = imported(&world, &file).await;
    assert_eq!(report.in_force.blob.number, 277);
    assert_eq!(report.in_force.blob.digest, file.digest());
    assert_eq!(report.in_force.blob.next_update.to_string(), "2026-04-01");
    assert_eq!(report.in_force.imported, world.app.now());
    assert_eq!(report.in_force.by, Actor::Host(HOST_USER.into()));
    assert_eq!((report.models, report.unreadable_roots, report.is_stale), (1, 0, false));
    assert_eq!(report.set_aside, []);
    assert_eq!(in_force(&world).await, Some(report.in_force.clone()));
    assert_eq!(world.app.store().metadata_file().await, Ok(Some(file)));
    world.app.sequence_once().await.unwrap();
    assert_eq!(world.check_log().await.metadata, Some(277));

    // 1 April is over at the beginning of the 2nd.
    world.pass(SignedDuration::from_hours(30 * 24 + 14));
    assert!(!world.app.metadata_report().await.unwrap().unwrap().is_stale);
    world.pass(SignedDuration::from_hours(1));
    assert!(world.app.metadata_report().await.unwrap().unwrap().is_stale);
}

async fn only_a_newer_file_replaces_it<S: Whole>(world: Arc<World<S>>) {
    imported(&world, &file()).await;
    for number in [276, 277] {
        let other = signed(&signer(), &payload(number, &json!([])));
        let refused = import(&world, &other).await.unwrap_err();
        let not_newer = NotNewer { in_force: 277, found: number };
        assert_eq!(refused, ImportMetadataFault::NotNewer(not_newer));
    }
    assert_eq!(world.app.store().metadata_file().await, Ok(Some(file())));
    let newer = signed(&signer(), &payload(278, &json!([])));
    assert_eq!(imported(&world, &newer).await.models, 0);
    assert_eq!(world.app.store().metadata_file().await, Ok(Some(newer)));
    assert_eq!(imports(&world).await, 2);
}

async fn the_same_file_again_changes_nothing<S: Whole>(world: Arc<World<S>>) {
    let file = file();
    let first = imported(&world, &file).await;
    world.live(SignedDuration::from_hours(1)).await;
    let again = import(&world, &file).await.unwrap();
    assert_eq!(again, ImportedMetadata::Same(first));
    assert_eq!(imports(&world).await, 1);

    // Somebody edited it: then it is mended, and that is no import either.
    let edited = MetadataFile::new(b"edited".as_slice());
    let edit = Commit { rows: vec![Row::Metadata(edited)], ..Commit::default() };
    world.app.store().commit(edit).await.unwrap();
    assert!(matches!(import(&world, &file).await, Ok(ImportedMetadata::Same(_))));
    assert_eq!(world.app.store().metadata_file().await, Ok(Some(file)));
    assert_eq!(imports(&world).await, 1);
}

async fn a_file_that_somebody_else_signed_is_refused<S: Whole>(world: Arc<World<S>>) {
    let refused = |error| ImportMetadataFault::Refused(error);
    let payload = payload(277, &json!([entry()]));
    let mut stranger = TestAuthority::new(302);
    let forged = signed(&stranger.metadata_signer(FIDO_SIGNER, Algorithm::Es256), &payload);
    let no_anchor = refused(MetadataError::Chain(ChainError::NoAnchor));
    assert_eq!(import(&world, &forged).await.unwrap_err(), no_anchor);

    let mut root = metadata_root();
    let elsewhere = root.metadata_signer("mds.example.org", Algorithm::Es256);
    let other_name = refused(MetadataError::Signer("has another name"));
    assert_eq!(import(&world, &signed(&elsewhere, &payload)).await.unwrap_err(), other_name);

    let mut altered = file().as_bytes().to_vec();
    let last = altered.last_mut().unwrap();
    *last = if *last == b'A' { b'Q' } else { b'A' };
    let altered = import(&world, &MetadataFile::new(altered)).await.unwrap_err();
    assert!(matches!(altered, ImportMetadataFault::Refused(_)), "{altered}");

    assert_eq!(in_force(&world).await, None);
    assert_eq!(world.app.store().metadata_file().await, Ok(None));
}

async fn what_cannot_be_read_of_a_file_is_said<S: Whole>(world: Arc<World<S>>) {
    let mut unreadable = entry();
    unreadable["aaguid"] = "b2b2b2b2-b2b2-b2b2-b2b2-b2b2b2b2b2b2".into();
    unreadable["metadataStatement"]["attestationRootCertificates"] = json!(["AAAA"]);
    let entries = json!([entry(), { "aaguid": "?" }, unreadable]);
    let report = imported(&world, &signed(&signer(), &payload(277, &entries))).await;
    assert_eq!((report.models, report.unreadable_roots), (2, 1));
    let [set_aside] = report.set_aside.as_slice() else { panic!("{report:?}") };
    assert_eq!(set_aside.index, 1);
}

/// A joiner whom their sponsor has met, with the ceremony of the first press.
struct AtTheKey {
    browser: Browser,
    first: Ceremony,
}

impl AtTheKey {
    async fn come<S: Whole>(world: &World<S>, sponsor: &mut Member) -> Self {
        let person = world.import(Some(sponsor.id)).await;
        let browser = world.begin(world.enrollment_of(person).await, None).await;
        world.match_by(sponsor, &browser).await;
        let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
        Self { browser, first }
    }

    /// They press a security key of the model, which its vendor certified.
    fn press<S: Whole>(&self, world: &World<S>) -> Register {
        let shown = Shown::Packed(vendor().attestation_key(MODEL, Algorithm::Es256));
        let mut key = SoftAuthenticator::new(world.number()).with_attestation(MODEL, shown);
        world.registration(&self.browser, &self.first, &mut key)
    }

    async fn try_register<S: Whole>(&self, world: &World<S>) -> Outcome<Registered, RegisterFault> {
        world.app.run(&self.press(world)).await
    }

    /// What is known of the model once it is registered.
    async fn register<S: Whole>(&self, world: &World<S>) -> Attestation {
        let registered = self.try_register(world).await.unwrap();
        assert!(matches!(registered, Registered::Kept(_)), "{registered:?}");
        self.kept(world).await
    }

    async fn kept<S: Whole>(&self, world: &World<S>) -> Attestation {
        let enrollment = world.enrollment(self.browser.enrollment).await;
        let running = enrollment.running(world.app.now()).unwrap();
        let attempt = running.attempt(self.browser.attempt, world.app.now()).unwrap();
        attempt.verified.as_ref().unwrap().attestation
    }
}

/// A policy that looks at everybody's model, and so asks for attestation also without metadata.
async fn looks_at_models<S: Whole>(world: &World<S>) {
    let rule = r#"
        @id("not-this-one") @reason("A test.")
        forbid (principal, action == Action::"bind", resource)
        when { context.authenticator.model == Model::"cb69481e-8ff7-4039-93ec-0a2729a154a8" };
    "#;
    let text = format!("{DEFAULT}{rule}");
    world.app.run(&Activate { host: HOST_USER.into(), text }).await.unwrap();
}

async fn a_listed_model_is_vouched_for_once_the_file_is_imported<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    looks_at_models(&world).await;
    let before = AtTheKey::come(&world, &mut admin).await;
    assert_eq!(before.register(&world).await, Attestation::Untrusted);
    imported(&world, &file()).await;
    let listed = AtTheKey::come(&world, &mut admin).await;
    assert_eq!(listed.register(&world).await, Attestation::Trusted);
    imported(&world, &signed(&signer(), &payload(278, &json!([])))).await;
    let not_listed = AtTheKey::come(&world, &mut admin).await;
    assert_eq!(not_listed.register(&world).await, Attestation::Untrusted);
}

async fn rule_16_an_import_before_the_commit_is_decided_upon_again<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    looks_at_models(&world).await;
    for (number, entries, expected) in
        [(277, json!([entry()]), Attestation::Trusted), (278, json!([]), Attestation::Untrusted)]
    {
        let joiner = AtTheKey::come(&world, &mut admin).await;
        let overtaking = importing(&signed(&signer(), &payload(number, &entries)));
        let overtaken = Overtaken { world: &*world, decided: joiner.press(&world), overtaking };
        let (registered, import) = world.app.run(&overtaken).await.unwrap();
        assert!(matches!(registered, Registered::Kept(_)), "{registered:?}");
        assert!(matches!(import, ImportedMetadata::Same(_)), "it was decided a second time");
        assert_eq!(joiner.kept(&world).await, expected);
    }
}

async fn an_import_that_two_begin_at_once_happens_once<S: Whole>(world: Arc<World<S>>) {
    let file = file();
    let (one, other) = tokio::join!(import(&world, &file), import(&world, &file));
    let is_new = |import: &Result<_, _>| matches!(import, Ok(ImportedMetadata::New(_)));
    assert!(one.is_ok() && other.is_ok());
    assert_eq!([one, other].iter().filter(|import| is_new(import)).count(), 1);
    assert_eq!(imports(&world).await, 1);
}

/// State and file are two reads, between which both may move.
async fn whoever_reads_during_an_import_finds_nothing_amiss<S: Whole>(world: Arc<World<S>>) {
    let signer = signer();
    for number in 1..=30 {
        let entries = vec![entry(); usize::from(number % 2 == 1)];
        let file = signed(&signer, &payload(number, &entries.into()));
        let readers: Vec<_> = (0..4)
            .map(|_| {
                let world = world.clone();
                tokio::spawn(async move {
                    for _ in 0..10 {
                        let report = world.app.metadata_report().await.unwrap();
                        let (seen, models) = report
                            .map_or((0, 0), |report| (report.in_force.blob.number, report.models));
                        assert!((number - 1..=number).contains(&seen));
                        assert_eq!(models as u64, seen % 2, "what is said belongs together");
                    }
                })
            })
            .collect();
        imported(&world, &file).await;
        for reader in readers {
            reader.await.unwrap();
        }
    }
}

/// The metadata is in force, and the server is started again.
async fn kept_over_a_restart() -> (World<SqliteStore>, Member) {
    let world = World::on_disk().await;
    let admin = world.admin().await;
    imported(&world, &file()).await;
    (world.restarted().await, admin)
}

#[tokio::test]
async fn what_was_imported_is_in_force_after_a_restart() {
    let (world, mut admin) = kept_over_a_restart().await;
    let joiner = AtTheKey::come(&world, &mut admin).await;
    assert_eq!(joiner.register(&world).await, Attestation::Trusted);
    world.check_invariants().await;
}

/// What the fault says is what an operator reads.
fn unusable<T>(outcome: Result<T, Fault<impl std::fmt::Debug>>) -> MetadataFault {
    match outcome {
        Err(Fault::Metadata(fault)) => fault,
        Err(fault) => panic!("{fault:?}"),
        Ok(_) => panic!("it was used"),
    }
}

#[tokio::test]
async fn rule_20_an_edited_file_judges_nobody_and_is_named() {
    for (edit, fault, change) in [
        (
            "UPDATE metadata_file SET bytes = CAST(bytes || x'41' AS BLOB)",
            MetadataFault::Altered(277),
            Change::Altered,
        ),
        ("DELETE FROM metadata_file", MetadataFault::Removed(277), Change::Removed),
    ] {
        let (world, mut admin) = kept_over_a_restart().await;
        Connection::open(world.path()).unwrap().execute(edit, []).unwrap();
        let joiner = AtTheKey::come(&world, &mut admin).await;
        let refused = unusable(joiner.try_register(&world).await);
        assert_eq!(refused, fault);
        assert!(refused.to_string().contains("firstkey metadata import"), "{refused}");
        assert_eq!(unusable(world.app.metadata_report().await), fault);
        world.app.sequence_once().await.unwrap();
        let named = Tampering::Row { row: RowName::Metadata, change };
        let found = checked(&world.path(), None).await.unwrap_err();
        assert_eq!(found, CheckError::Tampering(named));

        // What was refused was not decided: with the file back, the same press counts.
        assert!(matches!(import(&world, &file()).await, Ok(ImportedMetadata::Same(_))));
        assert_eq!(joiner.register(&world).await, Attestation::Trusted);
        world.check_invariants().await;
    }
}

/// A key of U2F vouches for no flags, and metadata cannot tell of it that it leaked.
#[tokio::test]
async fn an_attestation_of_u2f_vouches_for_nobody() {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let key = vendor().u2f_key_with(Algorithm::Es256, |_| ());
    let mut by_key = entry();
    by_key.as_object_mut().unwrap().remove("aaguid");
    by_key["attestationCertificateKeyIdentifiers"] = json!([key_identifier(&key)]);
    by_key["metadataStatement"]["protocolFamily"] = json!("u2f");
    imported(&world, &signed(&signer(), &payload(277, &json!([by_key])))).await;
    looks_at_models(&world).await;

    let joiner = AtTheKey::come(&world, &mut admin).await;
    let shown = Shown::FidoU2f(key);
    let mut software = SoftAuthenticator::new(world.number()).with_attestation([0; 16], shown);
    let register = world.registration(&joiner.browser, &joiner.first, &mut software);
    let kept = world.app.run(&register).await.unwrap();
    assert!(matches!(kept, Registered::Kept(_)), "{kept:?}");
    assert_eq!(joiner.kept(&world).await, Attestation::Untrusted);
}

/// SHA-1 of an attestation key's point, by which metadata names it.
fn key_identifier(key: &AttestationKey) -> String {
    // The one place in the certificate where an uncompressed point stands in a bit string.
    let certificate = &key.chain()[0];
    let at = certificate.windows(4).position(|four| four == [0x03, 0x42, 0x00, 0x04]).unwrap() + 3;
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, &certificate[at..at + 65]);
    KeyIdentifier::new(hash.as_ref().try_into().unwrap()).to_string()
}

/// Without it every model would be one of which nothing is known, the revoked ones too.
#[tokio::test]
async fn rule_20_a_state_that_was_taken_away_is_not_a_state_that_never_was() {
    let (world, mut admin) = kept_over_a_restart().await;
    let sql = Connection::open(world.path()).unwrap();
    assert_eq!(sql.execute("DELETE FROM streams WHERE kind = 'metadata'", []).unwrap(), 1);
    let joiner = AtTheKey::come(&world, &mut admin).await;
    let named = StreamId::METADATA.to_string();
    let refused = joiner.try_register(&world).await;
    assert!(matches!(&refused, Err(Fault::Corrupt(what)) if *what == named), "{refused:?}");
    let asked = world.app.metadata_report().await;
    assert!(matches!(&asked, Err(Fault::Corrupt(what)) if *what == named), "{asked:?}");
}

#[tokio::test]
async fn rule_20_a_file_that_nobody_imported_is_named() {
    let world = World::on_disk().await;
    world.admin().await;
    world.app.sequence_once().await.unwrap();
    let insert = "INSERT INTO metadata_file (only, bytes) VALUES (1, ?1)";
    let sql = Connection::open(world.path()).unwrap();
    sql.execute(insert, [file().as_bytes()]).unwrap();
    assert_eq!(world.app.metadata_report().await.unwrap(), None, "it counts for nothing");
    let named = Tampering::Row { row: RowName::Metadata, change: Change::Inserted };
    let found = checked(&world.path(), None).await.unwrap_err();
    assert_eq!(found, CheckError::Tampering(named));
}

#[tokio::test]
async fn a_root_that_was_taken_away_is_missed_and_not_done_without() {
    let (world, mut admin) = kept_over_a_restart().await;
    let other = TrustAnchor::from_der(TestAuthority::new(302).certificate()).unwrap();
    let others = firstkey_app::Settings { metadata_roots: [other].into(), ..settings() };
    world.app.store().close().await;
    let store = SqliteStore::open(world.path(), Options::default()).unwrap();
    let world = world.restarted_with(store, others).await;
    let joiner = AtTheKey::come(&world, &mut admin).await;
    let error = MetadataError::Chain(ChainError::NoAnchor);
    let fault = unusable(joiner.try_register(&world).await);
    assert_eq!(fault, MetadataFault::Refused { number: 277, error });
    assert!(fault.to_string().contains("attestation.metadata_roots"), "{fault}");

    let world = world.restarted().await;
    assert_eq!(joiner.register(&world).await, Attestation::Trusted);
    world.check_invariants().await;
}

#[tokio::test]
async fn a_signer_whose_certificate_ended_since_is_still_read() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    let mut root = metadata_root();
    let until_june = root.metadata_signer_with(FIDO_SIGNER, Algorithm::Es256, |params| {
        params.not_after = date_time_ymd(2026, 6, 1);
    });
    imported(&world, &signed(&until_june, &payload(277, &json!([entry()])))).await;
    world.pass(SignedDuration::from_hours(100 * 24));
    let world = world.restarted().await;
    let joiner = AtTheKey::come(&world, &mut admin).await;
    assert_eq!(joiner.register(&world).await, Attestation::Trusted);

    // A new file must be signed by somebody whose certificate holds.
    let late = signed(&until_june, &payload(278, &json!([])));
    let refused = import(&world, &late).await.unwrap_err();
    let ended = MetadataError::Chain(ChainError::Validity);
    assert_eq!(refused, ImportMetadataFault::Refused(ended));
    world.check_invariants().await;
}
