//! What Firstkey does without being asked: delivering what waits, and recording what time ended.

mod clock;
mod close_all;
mod courier;
pub(crate) mod month;
mod sweeper;

pub use clock::AcceptClockError;
pub use close_all::CloseAll;
pub use courier::{AT_ONCE, Courier};
pub use month::MonthCloser;
pub use sweeper::Sweep;
