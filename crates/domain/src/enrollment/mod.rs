//! The one door: the state machine through which an authenticator becomes bound.
//!
//! [`Enrollment::open`] and [`Enrollment::invite`] start it; [`Enrollment::begin`] binds a browser
//! key to an attempt; [`Enrollment::hand_over`] upgrades it from a voucher's screen;
//! [`Enrollment::check_code`] and [`Enrollment::vouch`] record who met the
//! applicant; [`Enrollment::mint`] makes the pass; [`Enrollment::verify_credential`] keeps what the
//! browser registered, and [`Enrollment::drop_credential`] drops it when policy comes to refuse it;
//! [`Enrollment::bind`] ends it. [`Enrollment::sweep`] records what time ended.

mod attempt;
mod begin;
mod bind;
mod close;
mod code;
mod deadline;
mod drop;
mod event;
mod fold;
mod hand_over;
mod open;
mod pass;
mod register;
mod state;
mod vouch;
mod vouching;

pub use attempt::{Attempt, Device, Pass};
pub use begin::{Begin, BeginRefusal};
pub use bind::{Bind, BindRefusal, BindingStatement};
pub use close::WithdrawRefusal;
pub use code::{CodeOutcome, MatchCode, MatchCodeError, TryCode};
pub use drop::DropCredential;
pub use event::{AttemptEnd, EnrollmentEnd, EnrollmentEvent, PassEnd};
pub use hand_over::{HandOver, HandOverRefusal};
pub use open::{Invite, Open as OpenEnrollment, OpenRefusal, SetupSecret};
pub use pass::{Mint, MintRefusal};
pub use register::{Register, RegisterRefusal, RegistrationStatement};
pub use state::{
    Ended, EndedAttempt, Enrollment, Invitation, Kind, Milestone, Phase, Running, Winner,
};
pub use vouch::{Acquaintance, ApprovalStatement, Checklist, Vouch, VouchRefusal};
pub use vouching::{Method, Proofing, Relation, Voucher};

/// At most this many attempts are open at once (rule 8).
pub const MAX_OPEN_ATTEMPTS: usize = 3;
/// Wrong match codes after which all attempts close (rule 8).
pub const MAX_WRONG_CODES: u8 = 3;
/// Rejected ceremony responses after which an attempt closes.
pub const MAX_FAILED_CEREMONIES: u8 = 5;
/// How long an attempt lives.
pub const ATTEMPT_LIFETIME: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);
/// The longest life of a pass (SP 800-63B-4 §4.1.2.2 caps binding codes alike).
pub const MAX_PASS_LIFETIME: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);
/// How long a match code is shown.
pub const CODE_LIFETIME: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);
/// How long the one-time setup link lives.
pub const SETUP_LIFETIME: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);
