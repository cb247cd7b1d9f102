//! `cargo xtask dist`: everything that is given to whoever installs Firstkey, in `target/package`.

mod deb;
mod life;
mod papers;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    command::{cargo, output, run as run_command},
    failure::Failure,
    prerequisites,
    steps::step,
    workspace,
};

use deb::{Compression, Deb};

/// Makes everything, and shows that the package lives.
pub(crate) fn run() -> Result<(), Failure> {
    step("prerequisites", prerequisites::ensure_packaging)?;
    let target = workspace::target()?;
    let folder = target.join("package");
    fresh(&folder)?;
    let binary = folder.join("firstkey");
    step("build", || {
        run_command(&mut cargo(&["build", "--profile", "dist", "--locked", "-p", "firstkey"]))?;
        copy(&target.join("dist/firstkey"), &binary)
    })?;
    step("manual, completions, bill of materials", || papers::write(&folder))?;
    let version = version()?;
    let deb = step("package", || {
        let deb = Deb { binary: &binary, papers: &folder, version: &version };
        deb.build(&folder, Compression::Best)
    })?;
    copy(&workspace::root().join("packaging/Containerfile"), &folder.join("Containerfile"))?;
    step("checksums", || checksums(&folder))?;
    step("life of the package", || life::of(&deb, &binary, &folder, &version))?;
    println!("\n{}", folder.display());
    Ok(())
}

/// `cargo xtask package`: what `test` does with the package.
pub(crate) fn try_light() -> Result<(), Failure> {
    step("prerequisites", prerequisites::ensure_packaging)?;
    step("package", light)
}

/// A package of the binary that tests use, and its life.
pub(crate) fn light() -> Result<(), Failure> {
    let target = workspace::target()?;
    let folder = target.join("xtask/package");
    fresh(&folder)?;
    run_command(&mut cargo(&["build", "--locked", "-p", "firstkey"]))?;
    let binary = folder.join("firstkey");
    let mut strip = Command::new("strip");
    run_command(strip.arg("-o").arg(&binary).arg(target.join("debug/firstkey")))?;
    papers::write(&folder)?;
    let version = version()?;
    let deb = Deb { binary: &binary, papers: &folder, version: &version };
    let deb = deb.build(&folder, Compression::None)?;
    life::of(&deb, &binary, &folder, &version)
}

/// The version of the workspace.
fn version() -> Result<String, Failure> {
    let id = output(&mut cargo(&["pkgid", "-p", "firstkey"]));
    id.and_then(|id| Some(id.rsplit_once('#')?.1.rsplit('@').next()?.to_owned()))
        .ok_or_else(|| Failure::new("`cargo pkgid -p firstkey` names no version"))
}

/// SHA256SUMS of every file, as `sha256sum --check` reads it.
fn checksums(folder: &Path) -> Result<(), Failure> {
    let mut names = files(folder)?;
    names.sort();
    let mut sum = Command::new("sha256sum");
    sum.arg("--").args(&names).current_dir(folder);
    let sums = output(&mut sum).ok_or_else(|| Failure::new("sha256sum did not succeed"))?;
    let path = folder.join("SHA256SUMS");
    let mut file = fs::File::create(&path).map_err(|error| cannot(&path, &error))?;
    writeln!(file, "{sums}").map_err(|error| cannot(&path, &error))?;
    run_command(
        Command::new("sha256sum").args(["--quiet", "--check", "SHA256SUMS"]).current_dir(folder),
    )
}

/// The names of the files in a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| cannot(folder, &error))?;
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| cannot(folder, &error))?.path();
        if path.is_file() {
            names.extend(path.file_name().map(PathBuf::from));
        }
    }
    Ok(names)
}

/// An empty folder in place of what was there.
fn fresh(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::copy(from, to).map(drop).map_err(|error| cannot(from, &error))
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
