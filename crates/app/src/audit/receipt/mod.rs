//! The receipt: everything that anyone needs, with the log's pinned key, to verify offline how an
//! authenticator came to belong to a person, back to the terminal that set Firstkey up.

mod approval;
mod binding;
mod book;
mod collect;
mod flaw;
mod format;
mod logged;
mod record;
mod report;
mod verify;

pub use collect::NoReceipt;
pub use flaw::{Flaw, ReceiptError};
pub use format::{ProvenEntry, Receipt, RelyingPartyClaim, VERSION};
pub(super) use logged::Logged;
pub use report::{NOT_PROVEN, Verified};
pub use verify::{verify, verify_json};
