//! The package's life: installed, started, upgraded over itself with data, removed and purged, on a view of
//! this machine that keeps every change to itself (`packaging/debian/life.sh`).

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::deb::{Compression, Deb};
use crate::{
    command::{output, run},
    failure::Failure,
    workspace,
};

pub(super) fn of(deb: &Path, binary: &Path, papers: &Path, version: &str) -> Result<(), Failure> {
    let before = installed();
    let next = next(binary, papers, version)?;
    let mut view = Command::new("unshare");
    if output(Command::new("id").arg("-u")).as_deref() != Some("0") {
        view.args(["--map-root-user", "--map-auto"]);
    }
    view.args(["--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private"]);
    view.arg("bash").arg(workspace::root().join("packaging/debian/life.sh")).arg(deb).arg(&next);
    run(&mut view)?;
    if installed() != before {
        return Err(Failure::new("the package's life left something on this machine"));
    }
    Ok(())
}

/// The same as the next version.
fn next(binary: &Path, papers: &Path, version: &str) -> Result<PathBuf, Failure> {
    let into = workspace::target()?.join("xtask/next");
    super::fresh(&into)?;
    let version = format!("{version}+next");
    Deb { binary, papers, version: &version }.build(&into, Compression::None)
}

/// What this machine knows of the package and its user.
fn installed() -> [Option<String>; 2] {
    let of = |words: [&str; 3]| output(Command::new(words[0]).args(&words[1..]));
    [of(["dpkg-query", "--show", "firstkey"]), of(["getent", "passwd", "firstkey"])]
}
