//! What tests of Firstkey need and the product never links.

pub mod authenticator;
pub mod authority;
#[cfg(feature = "browser")]
pub mod browser;
