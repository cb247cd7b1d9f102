//! The policy in force, as a stream: activating one is an event with its digest and author.

use serde::{Deserialize, Serialize};

use crate::{Aggregate, Digest, Event, Recorded, StreamId, StreamKind, Unfoldable};

/// The policy in force. Its text stays in the event that put it there: every decision loads this
/// state, and what was read of the text is known by the digest.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The digest of its text.
    pub digest: Digest,
}

/// What can happen to the policy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", deny_unknown_fields)]
pub enum PolicyEvent {
    /// A policy came into force. It passed strict validation.
    #[serde(rename = "policy.activated/1")]
    Activated {
        /// The digest of its text.
        digest: Digest,
        /// Its Cedar text, kept so that every decision can be repeated. Confidential: receipts carry
        /// this event to people who are not to read how the organisation defends itself.
        #[serde(skip)]
        text: String,
    },
}

impl Policy {
    /// The digest by which decisions and receipts name a policy text.
    pub fn digest_of(text: &str) -> Digest {
        Digest::of_parts("firstkey policy", &[text.as_bytes()])
    }

    /// Puts a validated text into force, unless it is the one in force.
    pub fn activate(current: Option<&Self>, text: String) -> Vec<PolicyEvent> {
        let digest = Self::digest_of(&text);
        if current.is_some_and(|policy| policy.digest == digest) {
            return Vec::new();
        }
        vec![PolicyEvent::Activated { digest, text }]
    }
}

impl Event for PolicyEvent {
    fn confidential(&self) -> Option<Vec<u8>> {
        let Self::Activated { text, .. } = self;
        // Serialising a string into memory has no way to fail.
        serde_json::to_vec(text).ok()
    }

    fn attach(&mut self, confidential: &[u8]) -> Result<(), serde_json::Error> {
        let Self::Activated { text, .. } = self;
        *text = serde_json::from_slice(confidential)?;
        Ok(())
    }
}

impl Aggregate for Policy {
    type Event = PolicyEvent;

    const KIND: StreamKind = StreamKind::Policy;

    fn evolve(current: Option<Self>, recorded: &Recorded<PolicyEvent>) -> Result<Self, Unfoldable> {
        let PolicyEvent::Activated { digest, text } = &recorded.event;
        let is_in_force = current.is_some_and(|policy| policy.digest == *digest);
        if recorded.stream != StreamId::POLICY || is_in_force || *digest != Self::digest_of(text) {
            return Err(recorded.unfoldable());
        }
        Ok(Self { digest: *digest })
    }
}
