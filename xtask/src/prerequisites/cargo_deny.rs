//! cargo-deny, which checks `deny.toml`.

use crate::command::{cargo, output, run};
use crate::failure::Failure;

/// The oldest release that reads our `deny.toml`.
const OLDEST: (u32, u32) = (0, 18);

pub(super) fn ensure() -> Result<(), Failure> {
    if let Some(version) = installed() {
        println!("{version}");
        return Ok(());
    }
    println!("cargo-deny is missing or too old; installing it takes some minutes");
    run(&mut cargo(&["install", "cargo-deny", "--locked"]))?;
    let version = installed()
        .ok_or_else(|| Failure::new("cargo-deny was installed, but cargo does not find it"))?;
    println!("{version}");
    Ok(())
}

/// The installed version, if it is recent enough.
fn installed() -> Option<String> {
    output(&mut cargo(&["deny", "--version"])).filter(|version| is_recent(version))
}

fn is_recent(version: &str) -> bool {
    let numbers = version.strip_prefix("cargo-deny ").and_then(|version| {
        let mut numbers = version.split('.').map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    });
    numbers.is_some_and(|numbers: (u32, u32)| numbers >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_release_or_a_strange_answer_does_not_serve() {
        assert!(is_recent("cargo-deny 0.18.0"));
        assert!(is_recent("cargo-deny 1.0.0-rc.1"));
        assert!(!is_recent("cargo-deny 0.9.1"));
        assert!(!is_recent("cargo-denial 0.20.2"));
        assert!(!is_recent(""));
    }
}
