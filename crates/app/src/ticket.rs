//! Tickets: what a ceremony was begun with travels encrypted through the browser and comes back.
//! Beginning writes nothing; the finishing commit spends the challenge.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_domain::{
    Digest,
    challenge::{Challenge, Purpose},
};
use firstkey_ports::{Entropy, ReservationKind};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Fault, Keys};

/// How long a ceremony may take; WebAuthn recommends 300 to 600 seconds.
pub(crate) const CEREMONY_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// A ticket of ours that is still good.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ticket<B> {
    /// The challenge's preimage.
    pub challenge: Challenge,
    /// When the ceremony is too old.
    pub expires: Timestamp,
    /// What else it was begun with.
    pub body: B,
}

/// The ticket cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// It is not ours, or was made for another step.
    #[error("this answer belongs to another step; start the step again")]
    NotOurs,
    /// The ceremony took too long.
    #[error("this took too long; start the step again")]
    Expired,
}

/// Why something is held that a use case would take: its challenge was answered before, so the ticket is
/// none of ours any more.
pub(crate) fn taken<R: From<TicketError>>(kind: ReservationKind) -> Fault<R> {
    match kind {
        ReservationKind::Challenge => Fault::refuse(TicketError::NotOurs),
        kind => Fault::Spent(kind),
    }
}

impl<B: Serialize + DeserializeOwned> Ticket<B> {
    /// Begins a ceremony for a purpose over a statement's digest.
    pub fn begin(
        purpose: Purpose,
        context: Digest,
        body: B,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Self {
        let nonce = Digest::from_bytes(entropy.bytes());
        Self {
            challenge: Challenge { purpose, context, nonce },
            expires: now + CEREMONY_LIFETIME,
            body,
        }
    }

    /// When it was begun.
    pub fn begun(&self) -> Timestamp {
        self.expires - CEREMONY_LIFETIME
    }

    /// Encrypts it for the way through the browser.
    pub fn seal(&self, keys: &Keys, entropy: &dyn Entropy) -> String {
        // Plain structs serialise into memory without fail, and AES-GCM fails only for texts of
        // 64 GiB; an empty ticket would open nothing.
        let plain = serde_json::to_vec(self).unwrap_or_default();
        let sealed = keys.seal(tag(self.challenge.purpose), entropy.bytes(), &plain);
        URL_SAFE_NO_PAD.encode(sealed.unwrap_or_default())
    }

    /// Decrypts one that came back for this purpose.
    pub fn open(
        text: &str,
        purpose: Purpose,
        keys: &Keys,
        now: Timestamp,
    ) -> Result<Self, TicketError> {
        let sealed = URL_SAFE_NO_PAD.decode(text).map_err(|_| TicketError::NotOurs)?;
        let plain = keys.open(tag(purpose), &sealed).ok_or(TicketError::NotOurs)?;
        let ticket: Self = serde_json::from_slice(&plain).map_err(|_| TicketError::NotOurs)?;
        if now >= ticket.expires {
            return Err(TicketError::Expired);
        }
        Ok(ticket)
    }
}

/// Authenticated with the ticket, so that one kind never opens as another.
const fn tag(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::SignIn => "sign-in",
        Purpose::Approval => "approval",
        Purpose::Registration => "registration",
        Purpose::Binding => "binding",
        Purpose::Act => "act",
    }
}
