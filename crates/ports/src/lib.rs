//! The edges of Firstkey as traits: the store, the clock, randomness, and the outside world.
//!
//! [`Store`] is the heart: one snapshot read, one atomic commit. [`Commit`] carries everything that
//! changes together. [`project`] says, once for all backends, which rows follow from a state.

mod archive;
mod channel;
mod clock;
mod commit;
#[cfg(feature = "conformance")]
pub mod conformance;
mod entropy;
mod entry;
mod figure;
mod joiner;
mod ledger;
mod letter_writer;
pub mod memory;
mod message;
pub mod project;
mod queries;
pub mod reserved;
mod row;
mod seal;
mod search;
mod store;
mod tally;

pub use archive::Archive;
pub use channel::{Channel, ChannelError, Letter};
pub use clock::{Clock, Reading, ReferenceClock, ReferenceNotKept};
pub use commit::{
    Append, Commit, Erasure, Guard, Note, Reservation, ReservationKind, SessionGuard,
};
pub use entropy::Entropy;
pub use entry::{Entry, Sealed};
pub use figure::{Figure, Holding, Measure, Part, PartKind, PartNow, Step, Took, Week};
pub use joiner::{
    FieldFault, Joiner, JoinerFault, JoinerField, SponsorRef, Unseen, UnverifiedJoiner,
};
pub use ledger::{Ledger, LogName, NotALogName, PendingEntry, Sequenced, TileRow};
pub use letter_writer::{InvitationContent, LetterContent, LetterWriter, NoticeContent, Written};
pub use message::{Claimed, Delivery, Message, NewMessage, NoticeKind, Outbox, OutboxState};
pub use queries::{
    After, CredentialView, EnrollmentFilter, OpenNow, PeopleFilter, Queries, Residue, SessionView,
    StoredEntry, Waiting, WaitingAfter,
};
pub use row::{
    AnswerRow, AttemptRow, AuthenticatorRow, EnrollmentRow, MetadataFile, PersonRow, RoleRow, Row,
    SessionRow, Stage,
};
pub use seal::{RowKey, RowSeal, unsealed_json};
pub use search::{email_key, person_words, search_words};
pub use store::{CommitError, NOTHING_TO_ERASE, Store, StoreError, Stored};
pub use tally::Tally;
