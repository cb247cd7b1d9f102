//! axe-core, the accessibility checker that browser tests run inside pages.
//!
//! It comes from the npm registry at test time, so that the repository holds no code of others. Its
//! version and SHA-512 are pinned in `xtask/axe/package-lock.json`, and npm refuses anything else.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::command::run;
use crate::failure::Failure;
use crate::workspace;

/// The script's path, after fetching it unless the pinned version was fetched before.
pub(super) fn ensure() -> Result<PathBuf, Failure> {
    let pinned = workspace::root().join("xtask/axe");
    let folder = workspace::target()?.join("xtask/axe");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    let stamp = folder.join("fetched.json");
    let lock =
        fs::read(pinned.join("package-lock.json")).map_err(|error| cannot(&pinned, &error))?;
    if script.is_file() && fs::read(&stamp).is_ok_and(|fetched| fetched == lock) {
        println!("{}: fetched before", script.display());
        return Ok(script);
    }
    copy_pinned(&pinned, &folder).map_err(|error| cannot(&folder, &error))?;
    let mut fetch = Command::new("npm");
    fetch.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    run(&mut fetch)?;
    if !script.is_file() {
        return Err(Failure::new(format!("axe-core was fetched without {}", script.display())));
    }
    fs::write(&stamp, lock).map_err(|error| cannot(&stamp, &error))?;
    Ok(script)
}

fn copy_pinned(pinned: &Path, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(pinned.join(name), folder.join(name))?;
    }
    Ok(())
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
