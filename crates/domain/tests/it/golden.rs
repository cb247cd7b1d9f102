//! Every kind of event that was ever written must be read for ever, to the byte.
//!
//! A golden file holds the open bytes of one recorded event and a line break; beside it stands the
//! confidential part, where there is one. A kind is never edited: when a new one is added, its file
//! is written once by running these tests with `FIRSTKEY_WRITE_GOLDEN=1`, and stays.

use std::{collections::BTreeSet, env, fmt::Debug, fs, path::PathBuf};

use firstkey_domain::{
    Action, Actor, AttemptId, Attestation, Bytes, Credential, CredentialId, Digest, Event,
    KeyThumbprint, Permit, Private, RawAssertion, Recorded, Role, StreamId, Transport,
    challenge::{Challenge, Purpose, Signed},
    enrollment::{
        Acquaintance, AttemptEnd, BindingStatement, Checklist, Device, EnrollmentEnd,
        EnrollmentEvent, Kind, Method, PassEnd, Proofing, Relation, SetupSecret,
    },
    log::{KeyRotation, LogEvent, OutsideCheckpoint, Restored},
    machine_key::{Grant, MachineKey, MachineKeyEvent, Scope},
    metadata::{Blob, MetadataEvent},
    person::{ErasedPart, Field, PersonEvent, Profile, Record, RecordSignature, Tombstones},
    policy::PolicyEvent,
};
use uuid::Uuid;

use crate::world::{ADMIN, FIRST, JOINER, LAPTOP, OFFICER, PASS, PASSKEY, SPONSOR, minute};

/// The kinds of one enumeration: the compiler asks for a line for each variant, and the tests for a
/// sample and a file for each line.
macro_rules! kinds {
    ($kind_of:ident, $kinds:ident, $event:ty { $($variant:pat => $kind:literal,)+ }) => {
        const $kinds: &[&str] = &[$($kind),+];

        fn $kind_of(event: &$event) -> &'static str {
            match event {
                $($variant => $kind,)+
            }
        }
    };
}

kinds! { person_kind, PERSON_KINDS, PersonEvent {
    PersonEvent::Joined { .. } => "person.joined/1",
    PersonEvent::Changed { .. } => "person.changed/1",
    PersonEvent::Corrected { .. } => "person.corrected/1",
    PersonEvent::Left => "person.left/1",
    PersonEvent::Erased { .. } => "person.erased/1",
    PersonEvent::EnrollmentOpened { .. } => "person.enrollment_opened/1",
    PersonEvent::RoleGranted { .. } => "person.role_granted/1",
    PersonEvent::RoleRevoked { .. } => "person.role_revoked/1",
    PersonEvent::AuthenticatorBound { .. } => "person.authenticator_bound/1",
    PersonEvent::AuthenticatorNamed { .. } => "person.authenticator_named/1",
    PersonEvent::AuthenticatorSuspended { .. } => "person.authenticator_suspended/1",
    PersonEvent::AuthenticatorStopped { .. } => "person.authenticator_stopped/1",
    PersonEvent::AuthenticatorRemoved { .. } => "person.authenticator_removed/1",
    PersonEvent::SignedOutEverywhere => "person.signed_out_everywhere/1",
}}

kinds! { enrollment_kind, ENROLLMENT_KINDS, EnrollmentEvent {
    EnrollmentEvent::Opened { .. } => "enrollment.opened/1",
    EnrollmentEvent::Invited { .. } => "enrollment.invited/1",
    EnrollmentEvent::AttemptBegun { .. } => "enrollment.attempt_begun/1",
    EnrollmentEvent::AttemptClosed { .. } => "enrollment.attempt_closed/1",
    EnrollmentEvent::CodeMismatched { .. } => "enrollment.code_mismatched/1",
    EnrollmentEvent::HandedOver { .. } => "enrollment.handed_over/1",
    EnrollmentEvent::ProofedUnasked { .. } => "enrollment.proofed/1",
    EnrollmentEvent::Proofed { .. } => "enrollment.proofed/2",
    EnrollmentEvent::Refused { .. } => "enrollment.refused/1",
    EnrollmentEvent::Voided { .. } => "enrollment.voided/1",
    EnrollmentEvent::PassMinted { .. } => "enrollment.pass_minted/1",
    EnrollmentEvent::PassEnded { .. } => "enrollment.pass_ended/1",
    EnrollmentEvent::CeremonyFailed { .. } => "enrollment.ceremony_failed/1",
    EnrollmentEvent::CredentialVerified { .. } => "enrollment.credential_verified/1",
    EnrollmentEvent::CredentialDropped { .. } => "enrollment.credential_dropped/1",
    EnrollmentEvent::Bound { .. } => "enrollment.bound/1",
    EnrollmentEvent::Closed { .. } => "enrollment.closed/1",
}}

kinds! { policy_kind, POLICY_KINDS, PolicyEvent {
    PolicyEvent::Activated { .. } => "policy.activated/1",
}}

kinds! { metadata_kind, METADATA_KINDS, MetadataEvent {
    MetadataEvent::Imported(_) => "metadata.imported/1",
}}

kinds! { log_kind, LOG_KINDS, LogEvent {
    LogEvent::EpochBegan(_) => "log.epoch_began/1",
    LogEvent::KeyRotated(_) => "log.key_rotated/1",
}}

kinds! { machine_key_kind, MACHINE_KEY_KINDS, MachineKeyEvent {
    MachineKeyEvent::Registered { .. } => "machine_key.registered/1",
    MachineKeyEvent::Ended { .. } => "machine_key.ended/1",
    MachineKeyEvent::EndedByRestore {} => "machine_key.ended_by_restore/1",
}}

// Values, written out here and nowhere shared: a changed fixture must not change what was promised.

fn thumbprint() -> KeyThumbprint {
    KeyThumbprint::from_bytes([7; 32])
}

fn credential() -> Credential {
    Credential {
        id: CredentialId::new(vec![0xc0, 0xff, 0xee]),
        public_key: Bytes::new(vec![0xa5, 1, 2]),
        aaguid: Uuid::from_u128(0xaa),
        backup_eligible: true,
        backed_up: false,
        sign_count: 3,
        transports: vec![Transport("hybrid".into()), Transport("internal".into())],
        attestation: Attestation::Trusted,
    }
}

fn challenge(purpose: Purpose) -> Challenge {
    Challenge { purpose, context: Digest::of(b"context"), nonce: Digest::of(b"nonce") }
}

fn signed(purpose: Purpose) -> Signed {
    Signed {
        challenge: challenge(purpose),
        authenticator: PASSKEY,
        assertion: RawAssertion {
            credential_id: credential().id,
            authenticator_data: Bytes::new(vec![1, 2]),
            client_data_json: Bytes::new(b"{}".to_vec()),
            signature: Bytes::new(vec![3, 4]),
        },
    }
}

fn permit(action: Action) -> Permit {
    Permit {
        action,
        enrollment: FIRST,
        version: 6,
        policy_revision: 2,
        policy: Digest::of(b"policy"),
        facts: Digest::of(b"facts"),
    }
}

fn profile() -> Profile {
    Profile {
        sponsor: Some(SPONSOR),
        start_date: jiff::civil::date(2031, 3, 10),
        time_zone: "Europe/Lisbon".into(),
        worker_type: "employee".into(),
        department: Some("Treasury".into()),
        groups: ["payments".to_owned(), "staff".to_owned()].into(),
    }
}

fn record() -> Private<Record> {
    Private::held(Record {
        external_id: "hr-4711".into(),
        given_name: "Ana".into(),
        family_name: "Silva".into(),
        personal_email: "ana@example.org".into(),
        mobile: Some("+351210000000".into()),
        language: Some("pt-PT".into()),
        user_name: "asilva".into(),
    })
}

fn person_events() -> Vec<PersonEvent> {
    vec![
        PersonEvent::Joined {
            profile: profile(),
            signed: Some(RecordSignature {
                signed: signed(Purpose::Act),
                described: Digest::of(b"described"),
            }),
            record: record(),
            blind: Private::held(Digest::of(b"blind")),
        },
        PersonEvent::Changed {
            profile: Profile { sponsor: None, department: None, ..profile() },
            changed: [
                Field::Name,
                Field::Address,
                Field::Sponsor,
                Field::Groups,
                Field::WorkerType,
                Field::Details,
            ]
            .into(),
            signed: Some(signed(Purpose::Act)),
            record: record(),
        },
        PersonEvent::Corrected {
            profile: profile(),
            changed: [Field::Address, Field::Sponsor].into(),
            signature: RecordSignature {
                signed: signed(Purpose::Act),
                described: Digest::of(b"described"),
            },
            record: record(),
            reason: Private::held("T-4711".into()),
            blind: Private::held(Digest::of(b"blind")),
        },
        PersonEvent::Left,
        PersonEvent::Erased {
            reason: "request 4711".into(),
            parts: vec![
                ErasedPart { stream: JOINER.into(), versions: vec![1, 3] },
                ErasedPart { stream: FIRST.into(), versions: vec![1] },
            ],
            tombstones: Tombstones {
                user_name: Digest::of(b"user name"),
                external_id: Digest::of(b"external id"),
            },
        },
        PersonEvent::EnrollmentOpened { enrollment: FIRST },
        PersonEvent::RoleGranted { role: Role::Officer, signed: Some(signed(Purpose::Act)) },
        PersonEvent::RoleRevoked { role: Role::Administrator, signed: None },
        PersonEvent::AuthenticatorBound {
            authenticator: PASSKEY,
            credential: credential(),
            enrollment: FIRST,
        },
        PersonEvent::AuthenticatorNamed {
            authenticator: PASSKEY,
            name: Private::held("Ana's phone".into()),
        },
        PersonEvent::AuthenticatorSuspended { authenticator: PASSKEY },
        PersonEvent::AuthenticatorStopped { authenticator: PASSKEY, signed: signed(Purpose::Act) },
        PersonEvent::AuthenticatorRemoved { authenticator: PASSKEY, signed: signed(Purpose::Act) },
        PersonEvent::SignedOutEverywhere,
    ]
}

fn proofing(acquaintance: Option<Acquaintance>) -> Proofing {
    Proofing {
        method: Method::Match,
        voucher: Actor::Person(SPONSOR),
        relation: Relation::Sponsor,
        checklist: Checklist { acquaintance, ..Checklist::COMPLETE },
        signed: Some(signed(Purpose::Approval)),
        at: minute(3),
    }
}

fn enrollment_events() -> Vec<EnrollmentEvent> {
    vec![
        EnrollmentEvent::Opened {
            person: JOINER,
            enrollment: Kind::First,
            expires: minute(20_160),
            reason: Private::held("starts on Monday".into()),
        },
        EnrollmentEvent::Invited {
            generation: 2,
            from: minute(60),
            expires: minute(20_160),
            secret: Some(SetupSecret { digest: Digest::of(b"secret"), expires: minute(15) }),
        },
        EnrollmentEvent::AttemptBegun {
            attempt: LAPTOP,
            key: thumbprint(),
            device: Private::held(Device {
                browser: "Firefox on Linux".into(),
                network: "192.0.2.7".into(),
            }),
        },
        EnrollmentEvent::AttemptClosed { attempt: LAPTOP, reason: AttemptEnd::WrongCodes },
        EnrollmentEvent::CodeMismatched { voucher: Actor::Host("root".into()) },
        EnrollmentEvent::HandedOver { attempt: LAPTOP, voucher: SPONSOR },
        EnrollmentEvent::ProofedUnasked { attempt: LAPTOP, proofing: proofing(None) },
        EnrollmentEvent::Proofed {
            attempt: LAPTOP,
            proofing: proofing(Some(Acquaintance::FirstMeeting)),
        },
        EnrollmentEvent::Refused { voucher: Actor::Person(OFFICER) },
        EnrollmentEvent::Voided { changed_by: Some(OFFICER) },
        EnrollmentEvent::PassMinted {
            attempt: LAPTOP,
            pass: PASS,
            expires: minute(13),
            permit: permit(Action::Mint),
        },
        EnrollmentEvent::PassEnded { attempt: LAPTOP, pass: PASS, reason: PassEnd::Outdated },
        EnrollmentEvent::CeremonyFailed { attempt: LAPTOP, step: "attestation".into() },
        EnrollmentEvent::CredentialVerified {
            attempt: LAPTOP,
            pass: PASS,
            credential: credential(),
            challenge: challenge(Purpose::Registration),
        },
        EnrollmentEvent::CredentialDropped {
            attempt: LAPTOP,
            credential: credential().id,
            policy: Digest::of(b"policy"),
            rules: vec!["revoked-models-are-refused".into()],
        },
        EnrollmentEvent::Bound {
            attempt: LAPTOP,
            pass: PASS,
            authenticator: PASSKEY,
            statement: BindingStatement {
                enrollment: FIRST,
                attempt_key: thumbprint(),
                credential_id: credential().id,
                public_key: credential().public_key,
                facts: Digest::of(b"facts"),
                policy: Digest::of(b"policy"),
                proofing: vec![Digest::of(b"leaf")],
            },
            signed: signed(Purpose::Binding),
            permit: permit(Action::Bind),
        },
        EnrollmentEvent::Closed { reason: EnrollmentEnd::Withdrawn },
    ]
}

fn policy_events() -> Vec<PolicyEvent> {
    vec![PolicyEvent::Activated { digest: Digest::of(b"text"), text: "permit (…);\n".into() }]
}

fn metadata_events() -> Vec<MetadataEvent> {
    vec![MetadataEvent::Imported(Blob {
        number: 277,
        digest: Digest::of(b"blob"),
        next_update: jiff::civil::date(2026, 12, 1),
    })]
}

fn log_events() -> Vec<LogEvent> {
    let outside = OutsideCheckpoint {
        size: 912,
        root: Digest::of(b"outside"),
        note: "console.example.org/log/lifecycle\n912\n\n— console.example.org/log AAAA\n".into(),
    };
    vec![
        LogEvent::EpochBegan(Restored {
            backup: minute(3),
            kept: 900,
            root: Digest::of(b"kept"),
            outside: Some(outside),
        }),
        LogEvent::KeyRotated(KeyRotation {
            old: "console.example.org/log+00000001+AAAA".into(),
            new: "console.example.org/log+00000002+BBBB".into(),
            note: "one follows the other\n\n— console.example.org/log AAAA\n".into(),
        }),
    ]
}

fn machine_key_events() -> Vec<MachineKeyEvent> {
    let grant = Grant {
        key: thumbprint(),
        owner: ADMIN,
        name: "HR feed".into(),
        scopes: Scope::ALL.into(),
        ends: minute(20_160),
    };
    vec![
        MachineKeyEvent::Registered { grant, signed: signed(Purpose::Act) },
        MachineKeyEvent::Ended { signed: signed(Purpose::Act) },
        MachineKeyEvent::EndedByRestore {},
    ]
}

// Files

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn name(kind: &str, part: &str) -> String {
    format!("{}{part}.json", kind.replace('/', "-"))
}

/// The bytes of a golden file, written first when it is missing and that was asked for.
fn golden(name: &str, fresh: &[u8]) -> Vec<u8> {
    let path = folder().join(name);
    if !path.exists() && env::var_os("FIRSTKEY_WRITE_GOLDEN").is_some() {
        fs::write(&path, [fresh, b"\n"].concat()).expect("the golden file is written");
    }
    let mut bytes = fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(bytes.pop(), Some(b'\n'), "{name} ends with a line break");
    bytes
}

fn check<E: Event + Clone + PartialEq + Debug>(
    stream: StreamId,
    kinds: &[&'static str],
    kind_of: fn(&E) -> &'static str,
    samples: &[E],
) {
    let shown: BTreeSet<_> = samples.iter().map(kind_of).collect();
    assert_eq!(shown, kinds.iter().copied().collect(), "every kind has a sample");
    for sample in samples {
        let kind = kind_of(sample);
        let by = Actor::Person(ADMIN);
        let expected = Recorded { stream, version: 7, at: minute(3), by, event: sample.clone() };
        let fresh = serde_json::to_vec(&expected).expect("json");
        let bytes = golden(&name(kind, ""), &fresh);
        let tag: serde_json::Value = serde_json::from_slice(&bytes).expect("json");
        assert_eq!(tag["event"]["kind"], kind, "the file holds the kind that it names");

        let mut decoded: Recorded<E> = serde_json::from_slice(&bytes).expect(kind);
        assert_eq!(String::from_utf8(bytes), String::from_utf8(fresh), "{kind} re-encodes");
        if let Some(fresh) = sample.confidential() {
            assert_ne!(decoded, expected, "{kind}: personal data is not in the open part");
            let confidential = golden(&name(kind, ".confidential"), &fresh);
            decoded.event.attach(&confidential).expect(kind);
            assert_eq!(decoded.event.confidential(), Some(confidential), "{kind} re-encodes");
        } else {
            assert!(decoded.event.attach(b"\"\"").is_err(), "{kind} has no confidential part");
        }
        assert_eq!(decoded, expected, "{kind} decodes");
    }
}

#[test]
fn rule_18_every_kind_of_person_event_is_read_to_the_byte() {
    check(JOINER.into(), PERSON_KINDS, person_kind, &person_events());
}

#[test]
fn rule_18_every_kind_of_enrollment_event_is_read_to_the_byte() {
    check(FIRST.into(), ENROLLMENT_KINDS, enrollment_kind, &enrollment_events());
}

#[test]
fn rule_18_every_kind_of_policy_event_is_read_to_the_byte() {
    check(StreamId::POLICY, POLICY_KINDS, policy_kind, &policy_events());
}

#[test]
fn rule_18_every_kind_of_metadata_event_is_read_to_the_byte() {
    check(StreamId::METADATA, METADATA_KINDS, metadata_kind, &metadata_events());
}

#[test]
fn rule_18_every_kind_of_event_of_the_log_itself_is_read_to_the_byte() {
    check(StreamId::LOG, LOG_KINDS, log_kind, &log_events());
}

#[test]
fn rule_18_every_kind_of_machine_key_event_is_read_to_the_byte() {
    let stream = MachineKey::stream(thumbprint());
    // Where a key's events stand is promised as well: requests look for them there.
    assert_eq!(stream.to_string(), "machine_key/27efea4f-b301-8a23-ab7d-8b8eb9badb85");
    check(stream, MACHINE_KEY_KINDS, machine_key_kind, &machine_key_events());
}

#[test]
fn every_golden_file_belongs_to_a_kind() {
    let kinds = [
        PERSON_KINDS,
        ENROLLMENT_KINDS,
        POLICY_KINDS,
        METADATA_KINDS,
        LOG_KINDS,
        MACHINE_KEY_KINDS,
    ]
    .concat();
    let known: BTreeSet<_> =
        kinds.iter().flat_map(|kind| [name(kind, ""), name(kind, ".confidential")]).collect();
    let files = fs::read_dir(folder()).expect("the golden files");
    for file in files.map(|file| file.expect("a file").file_name()) {
        let file = file.into_string().expect("a name");
        assert!(known.contains(&file), "{file}: a kind that was shipped is never taken away");
    }
}

#[test]
fn every_actor_reason_and_method_keeps_the_word_it_was_written_with() {
    fn word(value: impl serde::Serialize) -> String {
        serde_json::to_string(&value).expect("json")
    }
    let nil = Uuid::nil();
    for (written, expected) in [
        (word(Actor::Applicant(AttemptId::from_uuid(nil))), format!("{{\"applicant\":\"{nil}\"}}")),
        (word(Actor::Host("root".into())), "{\"host\":\"root\"}".into()),
        (word(Actor::Source("hr".into())), "{\"source\":\"hr\"}".into()),
        (word(Actor::Clock), "\"clock\"".into()),
        (
            word(Actor::Machine { key: thumbprint(), owner: ADMIN }),
            format!("{{\"machine\":{{\"key\":\"{}\",\"owner\":\"{ADMIN}\"}}}}", thumbprint()),
        ),
        (
            word(Scope::ALL),
            "[\"read\",\"joiners\",\"invitations\",\"outbox\",\"policy\",\"prepare\"]".into(),
        ),
        (
            word([
                AttemptEnd::WrongCodes,
                AttemptEnd::FailedCeremonies,
                AttemptEnd::Expired,
                AttemptEnd::Moved,
                AttemptEnd::Reinvited,
                AttemptEnd::Refused,
                AttemptEnd::Voided,
            ]),
            "[\"wrong_codes\",\"failed_ceremonies\",\"expired\",\"moved\",\"reinvited\",\
             \"refused\",\"voided\"]"
                .into(),
        ),
        (word([PassEnd::Expired, PassEnd::Outdated]), "[\"expired\",\"outdated\"]".into()),
        (
            word([
                EnrollmentEnd::Bound,
                EnrollmentEnd::Withdrawn,
                EnrollmentEnd::Expired,
                EnrollmentEnd::Left,
                EnrollmentEnd::Restored,
            ]),
            "[\"bound\",\"withdrawn\",\"expired\",\"left\",\"restored\"]".into(),
        ),
        (
            word([Method::Match, Method::Handover, Method::Terminal, Method::OwnAuthenticator]),
            "[\"match\",\"handover\",\"terminal\",\"own_authenticator\"]".into(),
        ),
        (
            word([
                Relation::Sponsor,
                Relation::Officer,
                Relation::Administrator,
                Relation::Oneself,
                Relation::Host,
            ]),
            "[\"sponsor\",\"officer\",\"administrator\",\"oneself\",\"host\"]".into(),
        ),
        (
            word([
                Attestation::None,
                Attestation::SelfSigned,
                Attestation::Trusted,
                Attestation::Untrusted,
            ]),
            "[\"none\",\"self_signed\",\"trusted\",\"untrusted\"]".into(),
        ),
        (
            word([Acquaintance::BySight, Acquaintance::FirstMeeting]),
            "[\"by_sight\",\"first_meeting\"]".into(),
        ),
        (word([Kind::First, Kind::Additional]), "[\"first\",\"additional\"]".into()),
    ] {
        assert_eq!(written, expected);
    }
}

#[test]
fn an_event_with_anything_more_than_it_promised_is_not_read() {
    for (kind, place) in [("person.joined/1", "/event/data"), ("person.left/1", "")] {
        let path = folder().join(name(kind, ""));
        let mut json: serde_json::Value =
            serde_json::from_slice(&fs::read(path).expect("a golden file")).expect("json");
        json.pointer_mut(place).expect("a place")["roles"] = "administrator".into();
        assert!(serde_json::from_value::<Recorded<PersonEvent>>(json).is_err(), "{kind}");
    }
}
