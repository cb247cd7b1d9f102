//! Programs with machine keys (rule 7): registering and ending the keys, who asks, doing something once
//! however often it is asked, bringing joiners, and preparing acts that a person signs.

mod caller;
mod current;
mod end;
mod joiners;
mod list;
mod once;
mod prepare;
mod register;

pub use caller::{Caller, Machine};
pub use current::{IfCurrent, IfCurrentFault};
pub use end::{AskEndMachineKey, EndMachineKey, EndMachineKeyFault};
pub use joiners::{BringJoiners, BringJoinersFault, MOST_JOINERS, RowFault, RowReason};
pub use once::{Asked, Done, OnceFault};
pub use prepare::{Act, PrepareAct, PrepareActFault, Prepared, PreparedView};
pub use register::{AskMachineKey, RegisterMachineKey, RegisterMachineKeyFault};
