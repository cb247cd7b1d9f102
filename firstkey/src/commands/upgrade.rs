//! `firstkey upgrade --check`: what this binary would make of the data, tried on a copy.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    process::ExitCode,
};

use firstkey_store_sqlite::{OpenError, Options, SqliteStore};

use super::{
    CommandError,
    backup::{SNAPSHOT, Snapshot, check},
};
use crate::{
    config::Config,
    data::{DataFolder, KEY_FILE},
};

/// Copies the database, brings the copy up to date, checks it as `log check` does, and removes it. The
/// database is only read, also while a server runs.
pub async fn run(config: &Config) -> Result<ExitCode, CommandError> {
    let folder = DataFolder::existing(&config.data.folder)?;
    let copy = Snapshot(folder.path().join(format!("{SNAPSHOT}upgrade-{}", std::process::id())));
    DirBuilder::new().mode(0o700).create(&copy.0)?;
    let copied = DataFolder::new_in(&copy.0);
    copied.make_database()?;
    let rehearsed =
        SqliteStore::rehearse(&folder.database(), &copied.database(), &Options::default());
    let (found, now) = match rehearsed {
        Ok(schemas) => schemas,
        Err(error @ OpenError::TooNew { .. }) => {
            println!(
                "Do not start this version: {error}. Install the newer version again, or restore a backup \
                 that was made before it."
            );
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => return Err(CommandError::said(error.to_string())),
    };
    fs::copy(folder.path().join(KEY_FILE), copy.0.join(KEY_FILE))?;
    let report = match check(config, &copy.0).await {
        Ok(report) => report,
        Err(error) => {
            println!("Do not start this version: after the upgrade, {error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    print!("{report}");
    match now - found {
        0 => println!("Schema {now} stays as it is."),
        several => println!(
            "The next start brings schema {found} to {now}, in {several} steps. It cannot go back."
        ),
    }
    println!(
        "firstkey {} reads this configuration and all of this data. Take a backup before you start it.",
        env!("CARGO_PKG_VERSION")
    );
    Ok(ExitCode::SUCCESS)
}
