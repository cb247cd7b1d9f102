//! Machine keys: programs that sign each request with a key of their own (rule 7). Somebody owns each,
//! registered it with a press, and said what it may do and until when.

mod end;
mod event;
mod register;
mod scope;
mod state;

pub use end::{EndRefusal, EndStatement};
pub use event::MachineKeyEvent;
pub use register::{Grant, LONGEST_LIFE, LONGEST_NAME, RegisterRefusal};
pub use scope::Scope;
pub use state::MachineKey;
