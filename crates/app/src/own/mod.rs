//! One's own authenticators: adding, naming, removing, and "this was not me".

mod add;
mod name;
mod remove;
mod suspend;

pub use add::{AddAuthenticator, AddAuthenticatorFault};
pub use name::{NameAuthenticator, NameAuthenticatorFault};
pub use remove::{AskRemoval, RemoveAuthenticator, RemoveAuthenticatorFault};
pub(crate) use suspend::tell_of_the_end;
pub use suspend::{SuspendAuthenticator, SuspendFault, SuspendToken};
