//! A person: who they are to HR, their roles and their authenticators.

mod authenticators;
mod change;
mod correct;
mod erase;
mod event;
mod join;
mod roles;
mod sign_out;
mod signature;
mod state;

pub use authenticators::{AuthenticatorRefusal, Removal, RemovalStatement, StopStatement};
pub use change::{Change, ChangeRefusal, Field};
pub use correct::{Correction, CorrectionStatement};
pub use erase::{Erase, EraseRefusal, ErasedPart, Tombstones};
pub use event::PersonEvent;
pub use join::{Join, JoinStatement};
pub use roles::{RoleRefusal, RoleStatement};
pub use signature::{RecordSignature, SignedRecord};
pub use state::{Authenticator, AuthenticatorStanding, Person, Profile, Record, Standing};
