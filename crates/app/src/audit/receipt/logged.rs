//! Events as the log holds them, of whatever aggregate.

use firstkey_domain::{
    Recorded, StreamId, StreamKind, enrollment::EnrollmentEvent, log::LogEvent,
    machine_key::MachineKeyEvent, metadata::MetadataEvent, person::PersonEvent,
    policy::PolicyEvent,
};
use serde::Deserialize;

/// An event of a stream.
#[derive(Debug, Clone)]
pub(in crate::audit) enum Logged {
    Person(Recorded<PersonEvent>),
    Enrollment(Recorded<EnrollmentEvent>),
    Policy(Recorded<PolicyEvent>),
    Metadata(Recorded<MetadataEvent>),
    Log(Recorded<LogEvent>),
    MachineKey(Recorded<MachineKeyEvent>),
}

/// What decides how the rest is read.
#[derive(Deserialize)]
struct Head {
    stream: StreamId,
}

impl Logged {
    /// Reads an entry's open bytes. Nothing else than an event of ours in its own stream is one.
    pub fn decode(open: &[u8]) -> Option<Self> {
        let head: Head = serde_json::from_slice(open).ok()?;
        match head.stream.kind() {
            StreamKind::Person => serde_json::from_slice(open).ok().map(Self::Person),
            StreamKind::Enrollment => serde_json::from_slice(open).ok().map(Self::Enrollment),
            StreamKind::Policy => serde_json::from_slice(open).ok().map(Self::Policy),
            StreamKind::Metadata => serde_json::from_slice(open).ok().map(Self::Metadata),
            StreamKind::Log => serde_json::from_slice(open).ok().map(Self::Log),
            StreamKind::MachineKey => serde_json::from_slice(open).ok().map(Self::MachineKey),
        }
    }

    /// Its stream and version, as it says itself.
    pub const fn place(&self) -> (StreamId, u64) {
        match self {
            Self::Person(recorded) => (recorded.stream, recorded.version),
            Self::Enrollment(recorded) => (recorded.stream, recorded.version),
            Self::Policy(recorded) => (recorded.stream, recorded.version),
            Self::Metadata(recorded) => (recorded.stream, recorded.version),
            Self::Log(recorded) => (recorded.stream, recorded.version),
            Self::MachineKey(recorded) => (recorded.stream, recorded.version),
        }
    }

    /// The event of a person's stream.
    pub fn of_person(&self, id: firstkey_domain::PersonId) -> Option<&Recorded<PersonEvent>> {
        match self {
            Self::Person(recorded) if recorded.stream == id.into() => Some(recorded),
            _ => None,
        }
    }

    /// The event of an enrollment's stream.
    pub fn of_enrollment(
        &self,
        id: firstkey_domain::EnrollmentId,
    ) -> Option<&Recorded<EnrollmentEvent>> {
        match self {
            Self::Enrollment(recorded) if recorded.stream == id.into() => Some(recorded),
            _ => None,
        }
    }
}
