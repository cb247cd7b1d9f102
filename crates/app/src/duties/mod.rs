//! What Firstkey does without being asked: delivering what waits, and recording what time ended.

mod clock;
mod close_all;
mod courier;
mod metadata;
mod replay;
mod sweeper;

pub use clock::AcceptClockError;
pub use close_all::CloseAll;
pub use courier::{AT_ONCE, Courier};
pub use replay::Replay;
pub use sweeper::Sweep;
