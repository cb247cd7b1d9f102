//! The log as its keeper, its readers and its auditors use it.
//!
//! [`Sequencer`] gives committed entries their place in the Merkle tree and signs its size and root.
//! Nothing here decides anything: it shows what was decided.

pub mod check;
pub mod export;
mod head;
mod lineage;
mod month;
mod origin;
pub mod receipt;
mod refusal;
mod restore;
mod rotate;
mod rotation;
mod sequencer;
mod serve;
mod tiles;

pub use check::{Check, CheckError, CheckReport, Tampering, check};
pub use head::{Head, heads};
pub use lineage::{Lineage, LineageError};
pub use month::MonthCloser;
pub use origin::{LogRef, NotALogRef, log_ref};
pub use receipt::{Receipt, ReceiptError, Verified, verify, verify_json};
pub use refusal::SequenceError;
pub use restore::{RestoreFault, RestoreReport};
pub use rotate::RotateFault;
pub use rotation::{NotSignedByBoth, VerifiedRotation};
pub use sequencer::{SEQUENCE_EVERY, Sequenced, Sequencer};
pub use serve::Served;
