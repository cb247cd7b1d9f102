//! What tests of Firstkey need and the product never links.

pub mod authenticator;
#[cfg(feature = "browser")]
pub mod browser;
