//! A person: who they are to HR, their roles and their authenticators.

mod authenticators;
mod change;
mod erase;
mod event;
mod join;
mod roles;
mod sign_out;
mod state;

pub use authenticators::{AuthenticatorRefusal, Removal, RemovalStatement, StopStatement};
pub use change::{Change, ChangeRefusal, Field};
pub use erase::{Erase, EraseRefusal, ErasedPart, Tombstones};
pub use event::PersonEvent;
pub use join::{Join, JoinSignature, JoinStatement, SignedJoin};
pub use roles::{RoleRefusal, RoleStatement};
pub use state::{Authenticator, AuthenticatorStanding, Person, Profile, Record, Standing};
