//! What states and events have in common.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Actor, StreamId, StreamKind};

/// An event as it was recorded: when, by whom, where in its stream.
///
/// This is the whole of an entry's open bytes; the log commits to them as they were first written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded<E> {
    /// The stream.
    pub stream: StreamId,
    /// The stream's version after this event; the first event makes version 1.
    pub version: u64,
    /// When it was decided. Never before the last committed event.
    pub at: Timestamp,
    /// Who caused it.
    pub by: Actor,
    /// What happened.
    pub event: E,
}

/// Something that happened, in the past tense. Kinds carry a version and are never edited.
pub trait Event: Sized + Serialize + DeserializeOwned {
    /// The confidential part's bytes: personal data, kept apart so that it can be erased.
    fn confidential(&self) -> Option<Vec<u8>> {
        None
    }

    /// Puts the confidential part back after decoding the open part.
    fn attach(&mut self, confidential: &[u8]) -> Result<(), serde_json::Error> {
        let _ = confidential;
        Err(serde::de::Error::custom("this kind of event has no confidential part"))
    }
}

/// A state that is folded from events.
pub trait Aggregate: Sized + Serialize + DeserializeOwned {
    /// Its events.
    type Event: Event;

    /// The kind of its stream.
    const KIND: StreamKind;

    /// Folds one event. The first event of a stream makes the state.
    ///
    /// Fails only when the events cannot have been decided in this order, which means that somebody
    /// altered them.
    fn evolve(state: Option<Self>, recorded: &Recorded<Self::Event>) -> Result<Self, Unfoldable>;
}

/// Events that no decider can have produced in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("event {version} of {stream} cannot follow the ones before it")]
pub struct Unfoldable {
    /// The stream.
    pub stream: StreamId,
    /// The version of the event that does not fit.
    pub version: u64,
}

impl<E> Recorded<E> {
    /// The error that says that this event does not fit the state before it.
    pub const fn unfoldable(&self) -> Unfoldable {
        Unfoldable { stream: self.stream, version: self.version }
    }
}
