//! What goes with the binary: manual pages, completions, and the bill of materials.

use std::{fs, path::Path};

use super::{cannot, fresh};
use crate::{
    command::{cargo, output, run},
    failure::Failure,
};

/// The bill of materials, in the format of `CycloneDX`.
pub(super) const BILL: &str = "firstkey.cdx.json";
/// The folder of manual pages and completions.
pub(super) const MANUAL: &str = "manual";

/// Writes them into this folder.
pub(super) fn write(folder: &Path) -> Result<(), Failure> {
    let manual = folder.join(MANUAL);
    fresh(&manual)?;
    let example = ["run", "--quiet", "--locked", "-p", "firstkey", "--example", "manual", "--"];
    run(cargo(&example).arg(&manual))?;
    let mut bill = cargo(&["sbom", "--cargo-package", "firstkey"]);
    bill.args(["--output-format", "cyclone_dx_json_1_6"]);
    let bill = output(&mut bill).ok_or_else(|| Failure::new("`cargo sbom` did not succeed"))?;
    let path = folder.join(BILL);
    check(&bill)?;
    fs::write(&path, bill).map_err(|error| cannot(&path, &error))
}

/// Whether it names what is certainly linked, and nothing that only tests need.
fn check(bill: &str) -> Result<(), Failure> {
    let bill: serde_json::Value =
        serde_json::from_str(bill).map_err(|error| Failure::new(error.to_string()))?;
    let named = |name: &str| {
        let components = bill["components"].as_array();
        components.is_some_and(|all| all.iter().any(|each| each["name"] == name))
    };
    for linked in ["aws-lc-rs", "rusqlite", "cedar-policy"] {
        if !named(linked) {
            return Err(Failure::new(format!("the bill of materials does not name {linked}")));
        }
    }
    for tested in ["webauthn-rs-core", "chromiumoxide", "insta"] {
        if named(tested) {
            return Err(Failure::new(format!("the bill of materials names {tested}")));
        }
    }
    Ok(())
}
