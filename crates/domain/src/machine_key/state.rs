//! The state of a machine key, folded from its events.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Builder;

use super::{Grant, MachineKeyEvent};
use crate::{Actor, Aggregate, Digest, KeyThumbprint, Recorded, StreamId, StreamKind, Unfoldable};

/// A machine key. It is named by its thumbprint, and so is its stream: a request finds the state by the
/// key that signed it, and no row stands in between.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachineKey {
    /// What its owner signed for.
    pub grant: Grant,
    /// When it was registered.
    pub registered: Timestamp,
    /// When somebody ended it before its time.
    pub ended: Option<Timestamp>,
}

impl MachineKey {
    /// The stream of the key with this thumbprint: a version 8 UUID made of the thumbprint's digest. The
    /// state holds the whole thumbprint, with which a caller's is compared.
    pub fn stream(key: KeyThumbprint) -> StreamId {
        let digest = Digest::of_parts("firstkey machine key stream/1", &[key.as_bytes()]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.as_bytes()[..16]);
        StreamId::new(StreamKind::MachineKey, Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// Whether requests that it signs count at `now`, as far as the key itself is concerned. Whether its
    /// owner still may do what it asks for is policy's to say.
    pub fn is_good_at(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.grant.ends
    }

    /// Who acts when it acts.
    pub const fn actor(&self) -> Actor {
        Actor::Machine { key: self.grant.key, owner: self.grant.owner }
    }
}

impl Aggregate for MachineKey {
    type Event = MachineKeyEvent;

    const KIND: StreamKind = StreamKind::MachineKey;

    fn evolve(
        state: Option<Self>,
        recorded: &Recorded<MachineKeyEvent>,
    ) -> Result<Self, Unfoldable> {
        match (state, &recorded.event) {
            (None, MachineKeyEvent::Registered { grant, .. })
                if recorded.stream == Self::stream(grant.key)
                    && recorded.by.person() == Some(grant.owner) =>
            {
                Ok(Self { grant: grant.clone(), registered: recorded.at, ended: None })
            }
            (Some(key), MachineKeyEvent::Ended { .. })
                if recorded.stream == Self::stream(key.grant.key)
                    && recorded.by.person().is_some()
                    && key.ended.is_none() =>
            {
                Ok(Self { ended: Some(recorded.at), ..key })
            }
            _ => Err(recorded.unfoldable()),
        }
    }
}
