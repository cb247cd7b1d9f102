//! cargo-sbom, which writes the bill of materials.

use crate::command::{cargo, output, run};
use crate::failure::Failure;

pub(super) fn ensure() -> Result<(), Failure> {
    if installed().is_none() {
        println!("cargo-sbom is missing; installing it takes a minute");
        run(&mut cargo(&["install", "cargo-sbom", "--locked"]))?;
    }
    let version = installed()
        .ok_or_else(|| Failure::new("cargo-sbom was installed, but cargo does not find it"))?;
    println!("{version}");
    Ok(())
}

fn installed() -> Option<String> {
    output(&mut cargo(&["sbom", "--version"]))
}
