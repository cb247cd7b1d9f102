//! The real binary, as those who run it and those who use it meet it.
#![allow(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod browser;
mod host;
mod server;
