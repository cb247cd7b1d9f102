//! What a server accepts as proof, told through the crate's public face only.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up should say so")]

mod arbitrary_text;
mod forged_envelopes;
mod one_request;
