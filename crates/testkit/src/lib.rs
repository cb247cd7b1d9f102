//! What tests of Firstkey need and the product never links.

pub mod authenticator;
pub mod authority;
#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "pebble")]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]
pub mod pebble;
