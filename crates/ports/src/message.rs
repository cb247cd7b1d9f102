//! The outbox: messages written in the same transaction as the fact that caused them.

use std::future::Future;

use firstkey_domain::{AuthenticatorId, EnrollmentId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{CommitError, StoreError};

/// What a notice tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// To the applicant and the sponsor: a second browser has begun; one may not be theirs.
    Contested,
    /// To the applicant: attempts closed after wrong codes.
    WrongCodes,
    /// To the person: a passkey was bound (SP 800-63A-4 §3.10, SP 800-63B-4 §4.1.2.1).
    Bound,
    /// To the voucher: you approved this.
    Vouched,
    /// To the person: a passkey was removed.
    Removed,
    /// To its owner: a machine key was registered.
    MachineKey,
    /// To the old address or the old sponsor: sponsor, address or name changed.
    RecordChanged,
    /// To officers: a voucher did not know the applicant.
    Refused,
    /// To the person and to officers: an authenticator was stopped in the console.
    Stopped,
    /// To officers: somebody said "this was not me", and an authenticator is suspended.
    Suspended,
    /// To the sponsor and officers: whoever opened an invitation did not expect it.
    Unexpected,
    /// To the sponsor: somebody is waiting for you.
    Waiting,
}

/// A message to the outside. It holds ids: what it says is looked up when it is delivered, so that
/// no outbox row holds a locator, and erasure reaches it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Message {
    /// The invitation; dropped when a newer generation was sent meanwhile.
    Invitation {
        /// The enrollment.
        enrollment: EnrollmentId,
        /// The locator's generation.
        generation: u32,
    },
    /// A notice.
    Notice {
        /// What it tells.
        notice: NoticeKind,
        /// To whom.
        to: PersonId,
        /// About whom.
        about: PersonId,
        /// About which authenticator, when it is about one: "this was not me" suspends it.
        authenticator: Option<AuthenticatorId>,
        /// Where to, when it is not the person's present address (an old one, told of its change).
        address: Option<String>,
    },
    /// A person left or lost their standing: close what they have open, in small commits.
    CloseAll {
        /// Who.
        person: PersonId,
    },
}

/// A message to be written with a commit.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its id, from which mail's Message-ID is made, so that repeats are recognised.
    pub id: Uuid,
    /// What to send.
    pub message: Message,
    /// Not before.
    pub due: Timestamp,
}

/// How a message fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// To be delivered, or to be tried again.
    Waiting,
    /// Given up after the last try; an operator decides.
    Dead,
}

/// A message that a worker holds for a while.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its id.
    pub id: Uuid,
    /// What to send.
    pub message: Message,
    /// When it was first due.
    pub due: Timestamp,
    /// How often it was tried before.
    pub tries: u32,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// What became of a claimed message.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// Delivered, or not needed any more: the row goes.
    Done,
    /// Failed; try again then.
    Retry {
        /// When.
        at: Timestamp,
        /// Why, without personal data.
        error: String,
    },
    /// Failed for good.
    Dead {
        /// Why, without personal data.
        error: String,
    },
}

/// The outbox as its worker sees it.
pub trait Outbox: Send + Sync + 'static {
    /// Takes up to `limit` due messages for this worker until `lease` is over. Each claim counts as a
    /// try, so that a message that kills its worker is not tried for ever.
    fn claim(
        &self,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Claimed>, CommitError>> + Send;

    /// Records what became of a claimed message.
    fn settle(
        &self,
        id: Uuid,
        delivery: Delivery,
    ) -> impl Future<Output = Result<(), CommitError>> + Send;

    /// Waiting and dead messages, oldest first.
    fn messages(
        &self,
        state: OutboxState,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Claimed>, StoreError>> + Send;
}
