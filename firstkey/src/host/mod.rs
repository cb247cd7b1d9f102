//! What the host gives: clocks, randomness, open files, a service manager, and who is at the terminal.

mod clock;
mod entropy;
mod files;
mod manager;
mod user;

pub use clock::{HostClock, KeptClock};
pub use entropy::HostEntropy;
pub use files::open_files;
pub use manager::{tell_ready, tell_stopping};
pub use user::{current_user, user_name};
