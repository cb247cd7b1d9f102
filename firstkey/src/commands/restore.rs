//! `firstkey restore`: a data folder out of a backup (rule 21). It is made beside the place where it
//! is to be, and moved there once everything was done: there is no half-restored folder, and none that
//! could sign before it was said how its log goes on.

use std::{
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use firstkey_age::Identity;
use firstkey_app::audit::RestoreReport;
use firstkey_policy::DEFAULT;
use firstkey_ports::Clock;
use firstkey_store_sqlite::{Options, SqliteStore};

use super::{CommandError, backup};
use crate::{
    archive::{Manifest, unpack},
    cli,
    config::Config,
    data::{DataFolder, KeyFolder, Secret},
    host::{HostClock, HostEntropy, current_user},
    running::{self, Opened},
};

/// The folder that is being made, removed when it is dropped before it is in its place.
struct Making(PathBuf);

impl Drop for Making {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Restores.
pub async fn run(mut config: Config, options: &cli::Restore) -> Result<ExitCode, CommandError> {
    let target = config.data.folder.clone();
    if !is_free(&target)? {
        return Err(CommandError::said(format!(
            "{} is not empty: a backup is restored into a folder of its own",
            target.display()
        )));
    }
    let outside = options.checkpoint.as_deref().map(read).transpose()?;
    let identity = Identity::from_file(&read(&options.identity)?)
        .map_err(|error| CommandError::said(format!("{}: {error}", options.identity.display())))?;
    let is_own_unlock = config.keys.unlock_file.as_os_str().is_empty();
    if let Some(file) = &options.unlock_file {
        config.keys.unlock_file = std::path::absolute(file)?;
    }

    let making = make_beside(&target)?;
    let made = fill(&mut config, options, &identity, outside.as_deref(), &making.0).await?;
    if let Some(file) = options.unlock_file.as_deref().filter(|_| is_own_unlock) {
        let folder = DataFolder::existing(&making.0)?;
        folder.write_private("unlock.key", read(file)?.trim().as_bytes())?;
    }
    put(making, &target)?;
    say(&target, &made);
    Ok(ExitCode::SUCCESS)
}

/// Makes the data folder out of the backup.
async fn fill(
    config: &mut Config,
    options: &cli::Restore,
    identity: &Identity,
    outside: Option<&str>,
    folder: &Path,
) -> Result<(Manifest, RestoreReport), CommandError> {
    let manifest = unpack(&options.file, identity, &backup::PARTS, folder)
        .map_err(|error| CommandError::said(format!("{}: {error}", options.file.display())))?;
    folder.clone_into(&mut config.data.folder);
    let made = DataFolder::existing(folder)?;
    let keys = KeyFolder::new(&made, &config.keys.unlock_file);
    if !keys.unlock().is_there() {
        return Err(CommandError::said(format!(
            "the unlock key is not in a backup: put it where keys.unlock_file says, name its file with \
             --unlock-file, or set {}",
            crate::data::VARIABLE
        )));
    }
    // An older version's database is brought up to date first, as at any start.
    SqliteStore::open(made.database(), Options::default())?.close().await;
    backup::check(config, folder).await?;
    // What was issued before the backup may have been spent after it. Nothing of that counts here.
    let entropy = HostEntropy::new();
    let ceremonies = Secret::draw(&entropy, HostClock.read().wall);
    keys.change(&entropy, |secrets| secrets.ceremonies = Some(ceremonies))?;

    let Opened { app, log, .. } = Box::pin(running::open(config, &made, false, DEFAULT)).await?;
    let begun = app.begin_restored(&current_user(), manifest.made, outside).await;
    let report = begun.map_err(CommandError::failed)?;
    app.sequence_once().await.map_err(CommandError::failed)?;
    app.store().close().await;
    drop(app);
    made.write_private("log.pub", format!("{log}\n").as_bytes())?;
    backup::check(config, folder).await?;
    Ok((manifest, report))
}

/// Whether a folder can be made here.
fn is_free(target: &Path) -> io::Result<bool> {
    match fs::read_dir(target) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(error),
    }
}

/// A new folder in the same place, so that it can be moved in one step.
fn make_beside(target: &Path) -> Result<Making, CommandError> {
    let target = std::path::absolute(target)?;
    let name = target.file_name().ok_or_else(|| {
        CommandError::said(format!("{} cannot be a data folder", target.display()))
    })?;
    let parent = target.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(parent)?;
    let path = parent.join(format!(".{}.restoring", name.to_string_lossy()));
    // Left by one that was ended before its end.
    match fs::remove_dir_all(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    DirBuilder::new().mode(0o700).create(&path)?;
    Ok(Making(path))
}

/// Moves the folder to its place, which is empty or not there.
fn put(making: Making, target: &Path) -> Result<(), CommandError> {
    let target = std::path::absolute(target)?;
    for entry in fs::read_dir(&making.0)? {
        File::open(entry?.path())?.sync_all()?;
    }
    File::open(&making.0)?.sync_all()?;
    fs::rename(&making.0, &target).map_err(|error| {
        CommandError::said(format!(
            "{}: {error}; name a folder that is not a mount point, such as one in it",
            target.display()
        ))
    })?;
    File::open(target.parent().unwrap_or(Path::new("/")))?.sync_all()?;
    Ok(())
}

fn read(file: &Path) -> Result<String, CommandError> {
    fs::read_to_string(file)
        .map_err(|error| CommandError::said(format!("{}: {error}", file.display())))
}

fn say(target: &Path, (manifest, report): &(Manifest, RestoreReport)) {
    println!(
        "Restored {} from the backup of {}, with {} entries of the lifecycle log.",
        target.display(),
        manifest.made,
        report.kept
    );
    println!(
        "{} enrollments were closed and {} sessions ended. Whoever was joining is invited again.",
        report.enrollments, report.sessions
    );
    println!("{} machine keys were ended. Register the programs' keys anew.", report.machine_keys);
    match (report.lost, report.is_shown) {
        (Some(0), true) => println!("Nothing that the checkpoint covers is lost."),
        (Some(lost), _) => println!(
            "{lost} entries that were signed after the backup are lost. Among them may be passkeys that \
             were suspended or removed, roles that were revoked, people who left and policies that \
             were activated: all of these are as they were at the backup. Go through them before you start the server."
        ),
        (None, _) => println!(
            "How much is lost cannot be known, and the log says so. Passkeys that were suspended or \
             removed since, roles that were revoked, people who left and the policy in force are as \
             they were at the backup. Go through them before you start the server."
        ),
    }
    println!(
        "From here on the log signs under the name of the epoch that began at {}.",
        report.epoch
    );
    println!("Never start the folder that this one replaces again.");
}
