//! What tests of the product rely on, tested itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up should say so")]

#[cfg(feature = "browser")]
mod browser;
