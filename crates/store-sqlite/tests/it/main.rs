//! Tests of the store on SQLite, on real files.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod closing;
mod conforms;
mod crash;
mod disk_full;
mod erasing;
mod neighbours;
mod reading_only;
mod snapshots;
mod writer_process;
