//! What Firstkey means: identifiers, events, states and the deciders between them.
//!
//! Everything here is pure. A decider takes a state, a command and `now`, and answers with events or
//! with a typed refusal; [`Aggregate::evolve`] folds events into the state. Nothing reads a clock,
//! draws a random number, or does I/O; what a decider needs from outside arrives in its command.

mod actor;
mod aggregate;
pub mod challenge;
mod clearance;
mod credential;
mod digest;
pub mod enrollment;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod id;
pub mod log;
pub mod machine_key;
pub mod metadata;
mod permit;
pub mod person;
pub mod policy;
mod private;
mod role;
mod stream;

pub use actor::Actor;
pub use aggregate::{Aggregate, Event, Recorded, Unfoldable};
pub use clearance::Clearance;
pub use credential::{Attestation, Bytes, Credential, CredentialId, RawAssertion, Transport};
pub use digest::{Digest, KeyThumbprint};
pub use id::{AttemptId, AuthenticatorId, EnrollmentId, PassId, PersonId, SessionId};
pub use permit::{Action, Permit};
pub use private::Private;
pub use role::Role;
pub use stream::{StreamId, StreamKind};
