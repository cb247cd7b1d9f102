//! The state of a machine key, folded from its events.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Builder;

use super::{Grant, MachineKeyEvent};
use crate::{
    Actor, Aggregate, AuthenticatorId, Digest, KeyThumbprint, Recorded, StreamId, StreamKind,
    Unfoldable, person::Person,
};

/// A machine key. It is named by its thumbprint, and so is its stream: a request finds the state by the
/// key that signed it, and no row stands in between.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachineKey {
    /// What its owner signed for.
    pub grant: Grant,
    /// When it was registered.
    pub registered: Timestamp,
    /// The authenticator that signed for it.
    pub authenticator: AuthenticatorId,
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

    /// Whether it was not ended, and its time is not over.
    pub fn is_good_at(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.grant.ends
    }

    /// Whether requests that it signs count at `now`, as far as the key and its owner's record are
    /// concerned. A key lives with the authenticator that signed for it: when that one is stopped or removed,
    /// it may have been a thief who signed. Whether the owner still may do what it asks for is policy's to say.
    pub fn counts_for(&self, owner: &Person, now: Timestamp) -> bool {
        self.is_good_at(now)
            && owner.id == self.grant.owner
            && owner.usable_authenticator(self.authenticator).is_some()
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
            (None, MachineKeyEvent::Registered { grant, signed })
                if recorded.stream == Self::stream(grant.key)
                    && recorded.by.person() == Some(grant.owner) =>
            {
                Ok(Self {
                    grant: grant.clone(),
                    registered: recorded.at,
                    authenticator: signed.authenticator,
                    ended: None,
                })
            }
            (Some(key), MachineKeyEvent::Ended { .. })
                if recorded.stream == Self::stream(key.grant.key)
                    && recorded.by.person().is_some()
                    && key.ended.is_none() =>
            {
                Ok(Self { ended: Some(recorded.at), ..key })
            }
            (Some(key), MachineKeyEvent::EndedByRestore {})
                if recorded.stream == Self::stream(key.grant.key)
                    && matches!(recorded.by, Actor::Host(_))
                    && key.ended.is_none() =>
            {
                Ok(Self { ended: Some(recorded.at), ..key })
            }
            _ => Err(recorded.unfoldable()),
        }
    }
}
