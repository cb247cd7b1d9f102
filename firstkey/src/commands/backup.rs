//! `firstkey backup`: a checked copy of database and keys as they are at one moment, encrypted to those
//! who may restore it.
//!
//! A running server only copies: it holds its keys still for as long as the copy takes. Checking,
//! packing and encrypting are this process's work.

use std::{
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use firstkey_app::audit::{self, CheckError, CheckReport, Tampering};
use firstkey_ports::Clock;
use firstkey_store_sqlite::{Options, SqliteStore};

use super::{CommandError, ask};
use crate::{
    archive::{FORMAT, LogCut, Manifest, Part, pack},
    cli,
    config::Config,
    control::{Request, Response},
    data::{DataFolder, KEY_FILE, KeyFolder},
    host::{HostClock, HostEntropy},
    running::{HostApp, log_name},
};

/// The database's name in the data folder.
const DATABASE: &str = "firstkey.db";
/// The files of a backup, in order.
pub const PARTS: [&str; 2] = [KEY_FILE, DATABASE];
/// How the names of copies begin.
pub const SNAPSHOT: &str = "snapshot-";

/// A copy in the data folder, removed when it is dropped.
pub struct Snapshot(pub PathBuf);

impl Drop for Snapshot {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Makes a backup.
pub async fn run(config: &Config, options: &cli::Backup) -> Result<ExitCode, CommandError> {
    let file = &options.file;
    if file.exists() {
        return Err(CommandError::said(format!("{} is there already", file.display())));
    }
    let mut snapshot = take(config).await?;
    let made = HostClock.read().wall;
    let mut checked = check(config, &snapshot.0).await;
    if let Err(CommandError::Check(CheckError::Tampering(Tampering::CheckpointRemoved(_)))) =
        checked
    {
        // Copied between the first entries of a new log and its first signature.
        snapshot = take(config).await?;
        checked = check(config, &snapshot.0).await;
    }
    let report = checked?;
    let parts = PARTS.iter().map(|name| Part::of(&snapshot.0, name));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made,
        logs: report.logs.iter().map(cut).collect(),
        parts: parts.collect::<io::Result<_>>()?,
    };
    let entropy = HostEntropy::new();
    let bytes = pack(&snapshot.0, &manifest, &options.recipient, file, &entropy)
        .map_err(|error| CommandError::said(format!("{}: {error}", file.display())))?;
    print!("{report}");
    println!(
        "Wrote {} ({bytes} bytes), which {} can open.\n\
         The unlock key is not in it: without that key nobody can restore it. Keep both, apart.\n\
         Keep the newest checkpoint of the log outside as well; a restore asks for it.",
        file.display(),
        match options.recipient.len() {
            1 => "one recipient".to_owned(),
            several => format!("{several} recipients"),
        }
    );
    Ok(ExitCode::SUCCESS)
}

async fn take(config: &Config) -> Result<Snapshot, CommandError> {
    match ask(config, Request::Snapshot, None).await? {
        Response::Snapshot(folder) => Ok(Snapshot(folder)),
        Response::Refused(reason) => Err(CommandError::said(reason)),
        other => Err(CommandError::said(format!("the server answered something else: {other:?}"))),
    }
}

/// Checks a copy as `log check` does, seals included.
pub async fn check(config: &Config, copy: &Path) -> Result<CheckReport, CommandError> {
    let data = DataFolder::existing(&config.data.folder).or_else(|_| DataFolder::existing(copy))?;
    let unlock = KeyFolder::new(&data, &config.keys.unlock_file);
    let copied = DataFolder::existing(copy)?;
    let keys = KeyFolder::new(&copied, &unlock.unlock().0);
    let site = config.site().map_err(CommandError::failed)?;
    let name = log_name(&site.console_origin);
    let opened = keys.open(&name, false, &HostEntropy::new(), HostClock.read().wall)?;
    let store = SqliteStore::open_read_only(copied.database(), Options::default())?;
    if let Some(first) = store.quick_check().await?.first() {
        return Err(CommandError::said(format!("the database file is damaged: {first}")));
    }
    let (key, rows) = (&opened.log, Some(opened.keys.rows()));
    Ok(audit::check(&store, audit::Check { key, rows, against: None }).await?)
}

/// Copies database and keys as they are at one moment. Whoever asked removes the copy.
pub async fn snapshot(app: &HostApp, keys: &KeyFolder) -> Result<PathBuf, String> {
    let said = |error: io::Error| format!("the copy cannot be made: {error}");
    let folder = keys.file().parent().unwrap_or(Path::new(".")).to_path_buf();
    // No key is replaced between the two copies.
    let _held = keys.hold().await;
    let unique: String = app.entropy().bytes::<8>().map(|byte| format!("{byte:02x}")).concat();
    let copy = Snapshot(folder.join(format!("{SNAPSHOT}{unique}")));
    DirBuilder::new().mode(0o700).create(&copy.0).map_err(said)?;
    let copied = DataFolder::new_in(&copy.0);
    copied.make_database().map_err(|error| error.to_string())?;
    app.store().snapshot(&copied.database()).await.map_err(|error| error.to_string())?;
    fs::copy(keys.file(), copy.0.join(KEY_FILE)).map_err(said)?;
    let path = copy.0.canonicalize().map_err(said)?;
    std::mem::forget(copy);
    Ok(path)
}

/// Removes copies of commands that ended before they could.
pub fn forget_snapshots(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(SNAPSHOT)) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn cut(log: &audit::check::CheckedLog) -> LogCut {
    LogCut {
        log: log.log.to_string(),
        entries: log.entries,
        signed: log.signed,
        waiting: log.waiting,
    }
}
