//! What the tests need beside Rust.

mod axe;
mod cargo_deny;
mod cargo_fuzz;
mod cargo_sbom;
mod debian;
mod programs;

use std::path::PathBuf;

use crate::failure::Failure;

/// Where the things are that tests are told about by environment variable.
pub(crate) struct Found {
    /// The browser, for `FIRSTKEY_CHROMIUM`.
    pub(crate) chromium: PathBuf,
    /// The accessibility checker's script, for `FIRSTKEY_AXE`.
    pub(crate) axe: PathBuf,
}

/// Finds everything, installing what is missing where that can be done without asking.
pub(crate) fn ensure() -> Result<Found, Failure> {
    let chromium = programs::ensure()?;
    cargo_deny::ensure()?;
    cargo_sbom::ensure()?;
    let axe = axe::ensure()?;
    Ok(Found { chromium, axe })
}

/// Finds or installs what packaging needs.
pub(crate) fn ensure_packaging() -> Result<(), Failure> {
    programs::ensure_packaging()?;
    cargo_sbom::ensure()
}

/// Finds or installs what only fuzzing needs.
pub(crate) fn ensure_fuzzing() -> Result<(), Failure> {
    programs::ensure_fuzzing()?;
    cargo_fuzz::ensure()
}

/// `cargo xtask prerequisites`.
pub(crate) fn run() -> Result<(), Failure> {
    let Found { chromium, axe } = ensure()?;
    println!("FIRSTKEY_CHROMIUM={}", chromium.display());
    println!("FIRSTKEY_AXE={}", axe.display());
    Ok(())
}
