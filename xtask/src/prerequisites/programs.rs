//! Programs that come with the operating system.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::debian;
use crate::command::output;
use crate::failure::Failure;

/// Any one of `names` will do; `packages` bring the first.
struct Program {
    purpose: &'static str,
    names: &'static [&'static str],
    packages: &'static [&'static str],
}

const C_COMPILER: Program = Program {
    purpose: "compiles SQLite and aws-lc",
    names: &["cc", "gcc", "clang"],
    packages: &["gcc", "libc6-dev"],
};
const CXX_COMPILER: Program = Program {
    purpose: "compiles libFuzzer",
    names: &["c++", "g++", "clang++"],
    packages: &["g++"],
};
const CHROMIUM: Program = Program {
    purpose: "runs the browser tests",
    names: &["chromium", "chromium-browser", "google-chrome"],
    packages: &["chromium"],
};
const NPM: Program =
    Program { purpose: "fetches axe-core", names: &["npm"], packages: &["nodejs", "npm"] };

const SWTPM: Program =
    Program { purpose: "is the TPM of the tests", names: &["swtpm"], packages: &["swtpm"] };
const TPM2_TOOLS: Program =
    Program { purpose: "speaks to it", names: &["tpm2_createprimary"], packages: &["tpm2-tools"] };

const AGE: Program = Program {
    purpose: "is whose files the tests exchange",
    names: &["age-keygen"],
    packages: &["age"],
};

const PEBBLE: Program = Program {
    purpose: "is the ACME server of the tests",
    names: &["pebble"],
    packages: &["pebble"],
};
const DPKG_DEV: Program = Program {
    purpose: "finds the libraries of the package",
    names: &["dpkg-shlibdeps"],
    packages: &["dpkg-dev"],
};
const BINUTILS: Program =
    Program { purpose: "strips the binary", names: &["strip"], packages: &["binutils"] };
const SYSTEMD: Program = Program {
    purpose: "judges the package's units",
    names: &["systemd-analyze"],
    packages: &["systemd"],
};
const IPROUTE: Program = Program {
    purpose: "gives the package a network of its own",
    names: &["ip"],
    packages: &["iproute2"],
};
const PACKAGING: [&Program; 4] = [&DPKG_DEV, &BINUTILS, &SYSTEMD, &IPROUTE];

/// Finds every program, installs the packages of those that are missing, and returns the browser.
pub(super) fn ensure() -> Result<PathBuf, Failure> {
    let chosen = chosen_chromium()?;
    let mut needed = vec![&C_COMPILER, &NPM, &SWTPM, &TPM2_TOOLS, &AGE, &PEBBLE];
    needed.extend(PACKAGING);
    if chosen.is_none() {
        needed.push(&CHROMIUM);
    }
    install_missing(&needed)?;
    chosen.map_or_else(|| CHROMIUM.found(), Ok)
}

/// Finds or installs what only fuzzing needs.
pub(super) fn ensure_fuzzing() -> Result<(), Failure> {
    install_missing(&[&C_COMPILER, &CXX_COMPILER])
}

/// Finds or installs what only packaging needs.
pub(super) fn ensure_packaging() -> Result<(), Failure> {
    install_missing(&PACKAGING)
}

fn install_missing(needed: &[&Program]) -> Result<(), Failure> {
    let missing: Vec<&Program> =
        needed.iter().copied().filter(|program| program.find().is_none()).collect();
    if !missing.is_empty() {
        for Program { names, purpose, .. } in &missing {
            println!("missing: {} ({purpose})", names.join(" or "));
        }
        let packages: Vec<&str> =
            missing.iter().flat_map(|program| program.packages).copied().collect();
        debian::install(&packages)?;
    }
    needed.iter().try_for_each(|program| program.print_found())
}

/// The browser that `FIRSTKEY_CHROMIUM` names. A wrong name is an error: another browser than the
/// one asked for would answer another question.
fn chosen_chromium() -> Result<Option<PathBuf>, Failure> {
    let Some(chosen) = std::env::var_os("FIRSTKEY_CHROMIUM").map(PathBuf::from) else {
        return Ok(None);
    };
    if !chosen.is_file() {
        let reason = format!("FIRSTKEY_CHROMIUM is {}, which is no file", chosen.display());
        return Err(Failure::new(reason));
    }
    println!("{}: as FIRSTKEY_CHROMIUM says", chosen.display());
    Ok(Some(chosen))
}

impl Program {
    fn find(&self) -> Option<PathBuf> {
        self.names.iter().find_map(|name| in_path(name))
    }

    fn found(&self) -> Result<PathBuf, Failure> {
        self.find().ok_or_else(|| {
            Failure::new(format!("{} is still not in PATH", self.names.join(" or ")))
        })
    }

    fn print_found(&self) -> Result<(), Failure> {
        let path = self.found()?;
        let version = output(Command::new(&path).arg("--version")).unwrap_or_default();
        println!("{}: {}", path.display(), version.lines().next().unwrap_or_default());
        Ok(())
    }
}

/// Where a program of this name is.
pub(super) fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| Path::is_file(file))
}
