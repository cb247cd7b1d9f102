//! Certificates that a real ACME server signs.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod acme;
