//! `cargo xtask kills`: the kill loop at length. `cargo xtask test` runs a short one.

use crate::{
    command::{cargo, run as run_command},
    failure::Failure,
    steps::step,
};

/// How often the server is killed.
const KILLS: &str = "200";

pub(crate) fn run() -> Result<(), Failure> {
    let arguments =
        ["test", "--locked", "-p", "firstkey", "--test", "it", "--", "--nocapture", "host::kills"];
    step("kills", || run_command(cargo(&arguments).env("FIRSTKEY_KILLS", KILLS)))
}
