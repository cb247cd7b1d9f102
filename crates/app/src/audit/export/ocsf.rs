//! One entry of a log as an event of the Open Cybersecurity Schema Framework, version 1.8
//! (<https://schema.ocsf.io/1.8.0>), for whoever collects events of many products.
//!
//! Sign-ins are Authentication, people and their passkeys Account Change, roles User Access Management, and
//! everything else is a change of an entity. The entry itself goes along as `raw_data`, to the byte.

use firstkey_domain::{
    Actor, Recorded, StreamId, enrollment::EnrollmentEvent, log::LogEvent,
    machine_key::MachineKeyEvent, metadata::MetadataEvent, person::PersonEvent,
    policy::PolicyEvent,
};
use firstkey_ports::{LogName, StoredEntry};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::audit::receipt::Logged;

/// The schema's version.
const VERSION: &str = "1.8.0";
/// The category of all of them: identity and access management.
const IAM: u32 = 3;
/// Informational: what is an alarm is for whoever collects to say.
const INFORMATIONAL: u32 = 1;

/// A class of events, with one of its activities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    AccountChange(u32),
    Authentication(u32),
    EntityManagement(u32),
    UserAccess(u32),
}

// Activities of Account Change.
const CREATE_ACCOUNT: Class = Class::AccountChange(1);
const DISABLE_ACCOUNT: Class = Class::AccountChange(5);
const DELETE_ACCOUNT: Class = Class::AccountChange(6);
const ENABLE_FACTOR: Class = Class::AccountChange(10);
const DISABLE_FACTOR: Class = Class::AccountChange(11);
const OTHER_OF_ACCOUNT: Class = Class::AccountChange(99);
// Activities of Authentication.
const LOGON: Class = Class::Authentication(1);
const LOGOFF: Class = Class::Authentication(2);
// Activities of Entity Management.
const CREATE: Class = Class::EntityManagement(1);
const READ: Class = Class::EntityManagement(2);
const UPDATE: Class = Class::EntityManagement(3);
const DELETE: Class = Class::EntityManagement(4);
const OTHER: Class = Class::EntityManagement(99);
// Activities of User Access Management.
const ASSIGN: Class = Class::UserAccess(1);
const REVOKE: Class = Class::UserAccess(2);

/// What is noted beside the events of streams.
#[derive(Deserialize)]
struct Noted {
    kind: String,
    at: Timestamp,
    person: Option<Value>,
    session: Option<Value>,
}

/// The word that an event's data begins with.
#[derive(Deserialize)]
struct Head {
    event: Kind,
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

impl Class {
    const fn numbers(self) -> (u32, u32) {
        match self {
            Self::AccountChange(activity) => (3001, activity),
            Self::Authentication(activity) => (3002, activity),
            Self::EntityManagement(activity) => (3004, activity),
            Self::UserAccess(activity) => (3005, activity),
        }
    }
}

/// An entry's line, with its line break. `None` of what is no entry of ours.
pub(super) fn line(log: LogName, index: u64, entry: &StoredEntry) -> Option<String> {
    let mut event = match Logged::decode(&entry.open) {
        Some(logged) => of_stream(&logged, &entry.open)?,
        None => of_note(&entry.open)?,
    };
    event["metadata"]["sequence"] = index.into();
    event["metadata"]["log_name"] = log.to_string().into();
    event["raw_data"] = std::str::from_utf8(&entry.open).ok()?.into();
    Some(event.to_string() + "\n")
}

fn event(class: Class, kind: &str, at: Timestamp) -> Value {
    let (class, activity) = class.numbers();
    json!({
        "category_uid": IAM,
        "class_uid": class,
        "activity_id": activity,
        "type_uid": class * 100 + activity,
        "severity_id": INFORMATIONAL,
        "time": at.as_millisecond(),
        "metadata": {
            "version": VERSION,
            "product": {
                "name": "Firstkey", "vendor_name": "Firstkey", "version": env!("CARGO_PKG_VERSION")
            },
            "event_code": kind,
        },
    })
}

fn of_stream(logged: &Logged, open: &[u8]) -> Option<Value> {
    let kind = serde_json::from_slice::<Head>(open).ok()?.event.kind;
    Some(match logged {
        Logged::Person(recorded) => {
            let class = of_person(&recorded.event);
            let mut event = of(class, &kind, recorded);
            event["user"] = json!({ "uid": uid(recorded.stream) });
            match &recorded.event {
                PersonEvent::RoleGranted { role, .. } | PersonEvent::RoleRevoked { role, .. } => {
                    event["privileges"] = json!([role.name()]);
                }
                PersonEvent::SignedOutEverywhere => {
                    event["service"] = json!({ "name": "Firstkey" });
                }
                _ => {}
            }
            event
        }
        Logged::Enrollment(recorded) => {
            entity(of_enrollment(&recorded.event), &kind, recorded, "enrollment")
        }
        Logged::Policy(recorded) => {
            let PolicyEvent::Activated { .. } = &recorded.event;
            entity(UPDATE, &kind, recorded, "policy")
        }
        Logged::Metadata(recorded) => {
            let MetadataEvent::Imported(_) = &recorded.event;
            entity(UPDATE, &kind, recorded, "metadata")
        }
        Logged::Log(recorded) => {
            let (LogEvent::EpochBegan(_) | LogEvent::KeyRotated(_)) = &recorded.event;
            entity(UPDATE, &kind, recorded, "log")
        }
        Logged::MachineKey(recorded) => {
            let class = match &recorded.event {
                MachineKeyEvent::Registered { .. } => CREATE,
                MachineKeyEvent::Ended { .. } | MachineKeyEvent::EndedByRestore {} => DELETE,
            };
            entity(class, &kind, recorded, "machine_key")
        }
    })
}

const fn of_person(event: &PersonEvent) -> Class {
    match event {
        PersonEvent::Joined { .. } => CREATE_ACCOUNT,
        PersonEvent::Left => DISABLE_ACCOUNT,
        PersonEvent::Erased { .. } => DELETE_ACCOUNT,
        PersonEvent::Changed { .. }
        | PersonEvent::Corrected { .. }
        | PersonEvent::EnrollmentOpened { .. }
        | PersonEvent::AuthenticatorNamed { .. } => OTHER_OF_ACCOUNT,
        PersonEvent::RoleGranted { .. } => ASSIGN,
        PersonEvent::RoleRevoked { .. } => REVOKE,
        PersonEvent::AuthenticatorBound { .. } => ENABLE_FACTOR,
        PersonEvent::AuthenticatorSuspended { .. }
        | PersonEvent::AuthenticatorStopped { .. }
        | PersonEvent::AuthenticatorRemoved { .. } => DISABLE_FACTOR,
        PersonEvent::SignedOutEverywhere => LOGOFF,
    }
}

/// An enrollment is never a sign-in, and none of its steps is one.
const fn of_enrollment(event: &EnrollmentEvent) -> Class {
    match event {
        EnrollmentEvent::Opened { .. } => CREATE,
        EnrollmentEvent::Invited { .. }
        | EnrollmentEvent::AttemptBegun { .. }
        | EnrollmentEvent::AttemptClosed { .. }
        | EnrollmentEvent::CodeMismatched { .. }
        | EnrollmentEvent::HandedOver { .. }
        | EnrollmentEvent::ProofedUnasked { .. }
        | EnrollmentEvent::Proofed { .. }
        | EnrollmentEvent::Refused { .. }
        | EnrollmentEvent::Voided { .. }
        | EnrollmentEvent::PassMinted { .. }
        | EnrollmentEvent::PassEnded { .. }
        | EnrollmentEvent::CeremonyFailed { .. }
        | EnrollmentEvent::CredentialVerified { .. }
        | EnrollmentEvent::CredentialDropped { .. }
        | EnrollmentEvent::Bound { .. }
        | EnrollmentEvent::Closed { .. } => UPDATE,
    }
}

fn of<E>(class: Class, kind: &str, recorded: &Recorded<E>) -> Value {
    let mut event = event(class, kind, recorded.at);
    event["actor"] = actor(&recorded.by);
    event
}

fn entity<E>(class: Class, kind: &str, recorded: &Recorded<E>, what: &str) -> Value {
    let mut event = of(class, kind, recorded);
    event["entity"] = json!({ "type": what, "uid": uid(recorded.stream) });
    event
}

/// Behind the stream's kind, or the whole when there is one stream of the kind.
fn uid(stream: StreamId) -> String {
    let whole = stream.to_string();
    whole.split_once('/').map_or_else(|| whole.clone(), |(_, id)| id.to_owned())
}

fn actor(by: &Actor) -> Value {
    match by {
        Actor::Person(id) => json!({ "user": { "uid": id.to_string() } }),
        Actor::Applicant(attempt) => json!({ "session": { "uid": attempt.to_string() } }),
        Actor::Host(user) => json!({ "user": { "name": user, "domain": "host" } }),
        Actor::Source(name) => json!({ "app_name": name }),
        Actor::Machine { key, owner } => {
            json!({ "app_uid": key.to_string(), "user": { "uid": owner.to_string() } })
        }
        Actor::Clock => json!({ "app_name": "Firstkey" }),
    }
}

fn of_note(open: &[u8]) -> Option<Value> {
    let noted: Noted = serde_json::from_slice(open).ok()?;
    let class = match noted.kind.as_str() {
        "session.began/1" => LOGON,
        "session.ended/1" | "session.over/1" | "session.closed/1" | "session.all_ended/1" => LOGOFF,
        "list.exported/1" => READ,
        _ => OTHER,
    };
    let mut event = event(class, &noted.kind, noted.at);
    if matches!(class, Class::Authentication(_)) {
        event["user"] = json!({ "uid": noted.person? });
        event["service"] = json!({ "name": "Firstkey" });
    } else {
        event["entity"] = json!({ "type": "firstkey", "name": noted.kind });
        if let Some(person) = noted.person {
            event["actor"] = json!({ "user": { "uid": person } });
        }
    }
    if let Some(session) = noted.session {
        event["session"] = json!({ "uid": session });
    }
    Some(event)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs, path::Path};

    use firstkey_ports::Entry;

    use super::*;

    fn entry(open: &[u8]) -> StoredEntry {
        StoredEntry {
            sequence: 1,
            stream: None,
            open: open.to_vec(),
            sealed: None,
            inner: None,
            digest: Entry::digest_of(open, None),
            leaf: Some(7),
        }
    }

    fn mapped(open: &[u8]) -> Value {
        let line = line(LogName::Lifecycle, 7, &entry(open)).expect("an entry of ours");
        assert!(line.ends_with('\n') && line.lines().count() == 1);
        let event: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["raw_data"].as_str().unwrap().as_bytes(), open);
        has_what_is_required(&event);
        event
    }

    /// The attributes that version 1.8 of the schema requires of these classes, and its constraints.
    fn has_what_is_required(event: &Value) {
        let number = |name: &str| event[name].as_u64().unwrap_or_else(|| panic!("{name}: {event}"));
        let (class, activity) = (number("class_uid"), number("activity_id"));
        assert_eq!(number("category_uid"), class / 1000);
        assert_eq!(number("type_uid"), class * 100 + activity);
        assert!(number("severity_id") <= 6 && number("time") > 1_600_000_000_000, "{event}");
        let metadata = &event["metadata"];
        assert_eq!(metadata["version"], "1.8.0");
        assert!(metadata["product"]["vendor_name"].is_string(), "{event}");
        let has_id = |of: &Value| of["uid"].is_string() || of["name"].is_string();
        match class {
            3001 | 3005 => assert!(has_id(&event["user"]), "{event}"),
            3002 => assert!(has_id(&event["user"]) && has_id(&event["service"]), "{event}"),
            3004 => assert!(has_id(&event["entity"]), "{event}"),
            other => panic!("class {other}"),
        }
    }

    #[test]
    fn every_kind_of_event_has_what_its_class_requires() {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/golden");
        let mut classes = BTreeMap::new();
        for file in fs::read_dir(golden).unwrap() {
            let path = file.unwrap().path();
            if path.to_str().unwrap().contains(".confidential") {
                continue;
            }
            let bytes = fs::read(path).unwrap();
            let event = mapped(bytes.trim_ascii_end());
            let kind = event["metadata"]["event_code"].as_str().unwrap().to_owned();
            classes.insert(kind, event["type_uid"].as_u64().unwrap());
        }
        assert!(classes.len() > 35, "{classes:?}");
        for (kind, class) in &classes {
            let is_sign_in = class / 100 == 3002;
            assert_eq!(is_sign_in, kind == "person.signed_out_everywhere/1", "{kind}");
        }
        for (kind, class) in [
            ("person.joined/1", 300_101),
            ("person.left/1", 300_105),
            ("person.authenticator_bound/1", 300_110),
            ("person.authenticator_stopped/1", 300_111),
            ("person.role_granted/1", 300_501),
            ("enrollment.opened/1", 300_401),
            ("enrollment.bound/1", 300_403),
            ("machine_key.ended/1", 300_404),
        ] {
            assert_eq!(classes[kind], class, "{kind}");
        }
    }

    #[test]
    fn sign_ins_are_authentications_and_other_notes_are_not() {
        let note = |kind: &str| {
            let open = format!(
                r#"{{"kind":"{kind}","at":"2026-03-31T09:00:00Z","person":"27efea4f-b301-8a23-ab7d-8b8eb9badb85","session":"27efea4f-b301-8a23-ab7d-8b8eb9badb86"}}"#
            );
            mapped(open.as_bytes())["type_uid"].as_u64().unwrap()
        };
        assert_eq!(note("session.began/1"), 300_201);
        assert_eq!(note("session.over/1"), 300_202);
        assert_eq!(note("list.exported/1"), 300_402);
        assert_eq!(note("clock.accepted/1"), 300_499);
        assert_eq!(line(LogName::Lifecycle, 1, &entry(b"{}")), None);
    }
}
