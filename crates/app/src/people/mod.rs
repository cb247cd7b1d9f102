//! People: joining, changing, leaving, roles.

mod add;
mod changed;
mod correct;
mod erase;
mod host_role;
mod import;
pub(crate) mod joining;
mod leave;
mod resolve;
mod role;
mod stop;
pub(crate) mod user_name;

pub use add::{AddJoiner, AddJoinerFault, AskAdd};
pub use correct::{AskCorrection, CorrectRecord, CorrectRecordFault};
pub use erase::{ErasePerson, ErasePersonFault, Erased};
pub use host_role::{HostRole, HostRoleDone, HostRoleFault};
pub(crate) use import::change_known;
pub use import::{ImportJoiner, ImportJoinerFault, Imported};
pub use leave::{MarkLeft, MarkLeftFault};
pub use resolve::{Resolved, ResolvedSponsor};
pub use role::{AskRole, GrantRole, GrantRoleFault};
pub use stop::{AskStop, StopAuthenticator, StopAuthenticatorFault};
