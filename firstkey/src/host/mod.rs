//! What the host gives: clocks, randomness, and who is at the terminal.

mod clock;
mod entropy;
mod user;

pub use clock::{HostClock, KeptClock};
pub use entropy::HostEntropy;
pub use user::{current_user, user_name};
