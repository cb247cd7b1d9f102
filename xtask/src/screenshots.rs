//! `cargo xtask screenshots`: the pictures in the README and of the languages, taken on walks through
//! the demo.
//!
//! A walk is a browser test, so a picture shows what the tests checked. The machine's own fonts draw
//! it; one for Chinese is needed (Debian: `fonts-droid-fallback`), because somebody in the demo has a
//! Chinese name, and one for Arabic (Debian: `fonts-dejavu-core`).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::command::{cargo, run as run_command};
use crate::failure::Failure;
use crate::prerequisites;
use crate::steps::step;
use crate::workspace;

/// The tests that walk.
const WALKS: [&str; 2] = [
    "browser::story::from_an_empty_folder_to_a_joiner_who_signs_in",
    "browser::languages::the_invitation_and_the_digits_in_every_language",
];
/// The largest picture that a repository should carry, in bytes.
const LARGEST: u64 = 256 * 1024;

pub(crate) fn run() -> Result<(), Failure> {
    let found = step("prerequisites", prerequisites::ensure)?;
    let taken = workspace::target()?.join("screenshots");
    let kept = workspace::root().join("docs/screenshots");
    step("the walks", || {
        replace(&taken).map_err(|error| cannot(&taken, &error))?;
        let mut walk = cargo(&["test", "--locked", "-p", "firstkey", "--test", "it"]);
        walk.args(["--", "--exact"])
            .args(WALKS)
            .env("FIRSTKEY_CHROMIUM", &found.chromium)
            .env("FIRSTKEY_AXE", &found.axe)
            .env("FIRSTKEY_SCREENSHOTS", &taken);
        run_command(&mut walk)
    })?;
    step("pictures", || {
        let pictures = pictures(&taken).map_err(|error| cannot(&taken, &error))?;
        if pictures.is_empty() {
            return Err(Failure::new(format!("{} took no picture", WALKS.join(" and "))));
        }
        replace(&kept).map_err(|error| cannot(&kept, &error))?;
        for picture in pictures {
            keep(&picture, &kept)?;
        }
        Ok(())
    })
}

/// An empty folder in place of what is there.
fn replace(folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)
}

/// The pictures in a folder, by name.
fn pictures(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut pictures = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    pictures.sort();
    Ok(pictures)
}

/// Copies a picture, if it is small enough to be kept.
fn keep(picture: &Path, folder: &Path) -> Result<(), Failure> {
    let name = picture.file_name().unwrap_or_default();
    let size = fs::copy(picture, folder.join(name)).map_err(|error| cannot(picture, &error))?;
    println!("{} {} KB", name.to_string_lossy(), size / 1024);
    if size > LARGEST {
        let reason = format!("{} is larger than {LARGEST} bytes", picture.display());
        return Err(Failure::new(reason));
    }
    Ok(())
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
