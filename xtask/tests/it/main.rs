//! Promises that the repository makes about itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up should say so")]

mod dev_dependencies;
mod documents_name_real_files;
mod files_stay_short;
mod fuzz_targets_are_complete;
mod tree;
