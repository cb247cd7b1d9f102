//! Names of event streams.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use crate::{EnrollmentId, PersonId};

/// The aggregates that have a stream of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreamKind {
    /// [`crate::person::Person`].
    Person,
    /// [`crate::enrollment::Enrollment`].
    Enrollment,
    /// [`crate::policy::Policy`]; there is one.
    Policy,
    /// [`crate::metadata::MetadataInForce`]; there is one.
    Metadata,
    /// [`crate::log::Log`]; there is one.
    Log,
    /// [`crate::machine_key::MachineKey`].
    MachineKey,
}

impl StreamKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Enrollment, Self::Policy, Self::Metadata, Self::Log, Self::MachineKey];

    /// The word used in stream names and rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Enrollment => "enrollment",
            Self::Policy => "policy",
            Self::Metadata => "metadata",
            Self::Log => "log",
            Self::MachineKey => "machine_key",
        }
    }
}

/// A stream: the kind of aggregate and its id, written `person/0198…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId {
    kind: StreamKind,
    id: Uuid,
}

impl StreamId {
    /// The one policy stream.
    pub const POLICY: Self = Self { kind: StreamKind::Policy, id: Uuid::nil() };

    /// The one stream of the FIDO metadata in force.
    pub const METADATA: Self = Self { kind: StreamKind::Metadata, id: Uuid::nil() };

    /// The one stream of the log itself.
    pub const LOG: Self = Self { kind: StreamKind::Log, id: Uuid::nil() };

    /// Puts a name together from its parts.
    pub const fn new(kind: StreamKind, id: Uuid) -> Self {
        Self { kind, id }
    }

    /// What kind of aggregate it is.
    pub const fn kind(self) -> StreamKind {
        self.kind
    }

    /// The aggregate's bare id.
    pub const fn uuid(self) -> Uuid {
        self.id
    }
}

impl From<PersonId> for StreamId {
    fn from(id: PersonId) -> Self {
        Self { kind: StreamKind::Person, id: id.uuid() }
    }
}

impl From<EnrollmentId> for StreamId {
    fn from(id: EnrollmentId) -> Self {
        Self { kind: StreamKind::Enrollment, id: id.uuid() }
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.name(), self.id)
    }
}

/// The text is not `kind/uuid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a stream name such as person/0198f3c2-…")]
pub struct NotAStream;

impl FromStr for StreamId {
    type Err = NotAStream;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, id) = text.split_once('/').ok_or(NotAStream)?;
        let kind =
            StreamKind::ALL.into_iter().find(|each| each.name() == kind).ok_or(NotAStream)?;
        let id = Uuid::parse_str(id).map_err(|_| NotAStream)?;
        Ok(Self { kind, id })
    }
}

impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
