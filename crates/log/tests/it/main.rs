//! The log as its readers meet it: trees, tiles and proofs against the definition in RFC 6962, and signed texts
//! against forgers.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should stop there")]

mod forgery;
mod growth;
mod notes;
mod parsers;
mod proofs;
mod reference;
mod vectors;
