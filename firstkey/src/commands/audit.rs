//! `firstkey audit export` and `check`.

use std::{
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, BufWriter, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use firstkey_app::audit::export::{ExportCheck, Format, export};
use firstkey_ports::{Clock as _, LogName};
use firstkey_store_sqlite::{Options, SqliteStore};

use super::{CommandError, verify::read_key, with_data};
use crate::{
    cli::audit::{Audit, ExportFormat},
    config::Config,
    data::{DataFolder, KeyFolder},
    host::{HostClock, HostEntropy},
    running::log_name,
};

/// A line may be as long as an entry with a policy's whole text, and is no file of its own.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

/// Runs it. Checking needs no configuration.
pub async fn run(
    load: impl FnOnce() -> Result<Config, CommandError>,
    command: &Audit,
) -> Result<ExitCode, CommandError> {
    match command {
        Audit::Export { out, log, from, format, data } => {
            write(with_data(load()?, data.as_deref()), out, (log, *from), *format).await
        }
        Audit::Check { files, checkpoint, key } => check(files, checkpoint.as_deref(), key),
    }
}

async fn write(
    config: Config,
    out: &Path,
    (log, from): (&str, u64),
    format: ExportFormat,
) -> Result<ExitCode, CommandError> {
    let format = match format {
        ExportFormat::Lines => Format::Lines,
        ExportFormat::Ocsf => Format::Ocsf,
    };
    let log: LogName = log.parse().map_err(|_| {
        CommandError::said(format!("{log:?} is no log; write lifecycle, or access/2026-11"))
    })?;
    let folder = DataFolder::existing(&config.data.folder)?;
    let site = config.site().map_err(CommandError::failed)?;
    let keys = KeyFolder::new(&folder, &config.keys.unlock_file);
    let name = log_name(&site.console_origin);
    let key = keys.open(&name, false, &HostEntropy::new(), HostClock.read().wall)?.log;
    let store = SqliteStore::open_read_only(folder.database(), Options::default())?;
    let beside = beside(out);
    let (lines, mut checkpoint) = (New::file(out)?, New::file(&beside)?);
    let mut to = BufWriter::new(&lines.file);
    let exported = export(&store, (log, from), format, &key, &mut to).await;
    drop(to);
    let exported = exported.map_err(|error| CommandError::said(error.to_string()))?;
    checkpoint.file.write_all(exported.checkpoint.as_bytes())?;
    lines.keep()?;
    checkpoint.keep()?;
    println!(
        "{} entries of {log} are in {}, and the checkpoint that covers {} is in {}.",
        exported.lines,
        out.display(),
        exported.size,
        beside.display()
    );
    Ok(ExitCode::SUCCESS)
}

fn check(
    files: &[PathBuf],
    checkpoint: Option<&Path>,
    key: &str,
) -> Result<ExitCode, CommandError> {
    let key = read_key(key)?;
    let last = files.last().map(|file| beside(file)).unwrap_or_default();
    let note = std::fs::read_to_string(checkpoint.unwrap_or(&last)).map_err(|error| {
        CommandError::said(format!("{}: {error}", checkpoint.unwrap_or(&last).display()))
    })?;
    let mut check = ExportCheck::new();
    for path in files {
        let said =
            |error: std::io::Error| CommandError::said(format!("{}: {error}", path.display()));
        let mut file = BufReader::new(File::open(path).map_err(said)?);
        let mut line = String::new();
        while next_line(&mut file, &mut line).map_err(said)? {
            if let Err(flaw) = check.line(line.trim_end_matches('\n')) {
                println!("{}: {flaw}", path.display());
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    match check.finish(&note, &key) {
        Ok(checked) => {
            println!("All {} entries are as they were signed for {}.", checked.lines, checked.log);
            Ok(ExitCode::SUCCESS)
        }
        Err(flaw) => {
            println!("{flaw}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Reads a line, and none without end; `false` when there is none left.
fn next_line(file: &mut impl BufRead, line: &mut String) -> std::io::Result<bool> {
    line.clear();
    Ok(file.take(LONGEST_LINE).read_line(line)? > 0)
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".checkpoint");
    PathBuf::from(name)
}

/// A file that was not there before, and is gone again unless it is kept: what is not whole would be taken
/// for an export later.
struct New<'a> {
    path: &'a Path,
    file: File,
    is_kept: bool,
}

impl<'a> New<'a> {
    /// Nothing that is there is written over: it may be somebody's evidence.
    fn file(path: &'a Path) -> Result<Self, CommandError> {
        let file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(path);
        let file =
            file.map_err(|error| CommandError::said(format!("{}: {error}", path.display())))?;
        Ok(Self { path, file, is_kept: false })
    }

    /// It is whole.
    fn keep(mut self) -> std::io::Result<()> {
        self.file.sync_all()?;
        self.is_kept = true;
        Ok(())
    }
}

impl Drop for New<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = std::fs::remove_file(self.path);
        }
    }
}
