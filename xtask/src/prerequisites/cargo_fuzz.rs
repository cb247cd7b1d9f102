//! cargo-fuzz, which builds and runs the fuzz targets.

use crate::command::{cargo, output, run};
use crate::failure::Failure;

pub(super) fn ensure() -> Result<(), Failure> {
    if installed().is_none() {
        println!("cargo-fuzz is missing; installing it takes a minute");
        run(&mut cargo(&["install", "cargo-fuzz", "--locked"]))?;
    }
    let version = installed()
        .ok_or_else(|| Failure::new("cargo-fuzz was installed, but cargo does not find it"))?;
    println!("{version}");
    Ok(())
}

fn installed() -> Option<String> {
    output(&mut cargo(&["fuzz", "--version"]))
}
