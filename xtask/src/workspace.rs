//! Where things are.

use std::path::{Path, PathBuf};

use crate::command::{cargo, shown};
use crate::failure::Failure;

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// The folder that cargo builds into.
pub(crate) fn target() -> Result<PathBuf, Failure> {
    let mut command = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let output = command.output().map_err(|error| Failure::new(error.to_string()))?;
    let metadata: Option<serde_json::Value> = serde_json::from_slice(&output.stdout).ok();
    metadata
        .and_then(|metadata| Some(metadata.get("target_directory")?.as_str()?.into()))
        .ok_or_else(|| Failure::new(format!("`{}` names no target directory", shown(&command))))
}
