//! `firstkey log check`.

use std::process::ExitCode;

use firstkey_app::audit;
use firstkey_log::note::NoteVerifier;
use firstkey_ports::Clock;
use firstkey_store_sqlite::{Options, SqliteStore};

use super::{CommandError, with_data};
use crate::{
    cli,
    config::Config,
    data::{DataFolder, KeyFolder},
    host::{HostClock, HostEntropy},
    running::log_name,
};

/// Checks the log. Only reads.
pub async fn run(config: Config, command: &cli::Log) -> Result<ExitCode, CommandError> {
    let cli::Log::Check { against, key, data } = command;
    let config = with_data(config, data.as_deref());
    let folder = DataFolder::existing(&config.data.folder)?;
    let site = config.site().map_err(CommandError::failed)?;
    let name = log_name(&site.console_origin);
    let keys = KeyFolder::new(&folder, &config.keys.unlock_file);
    let opened = keys.open(&name, false, &HostEntropy::new(), HostClock.read().wall)?;
    let pinned: NoteVerifier = match key {
        Some(key) => super::verify::read_key(key)?,
        None => opened.log.clone(),
    };
    let against = against.as_deref().map(std::fs::read_to_string).transpose()?;
    let store = SqliteStore::open_read_only(folder.database(), Options::default())?;
    let damaged = store.quick_check().await?;
    if let Some(first) = damaged.first() {
        println!("The database file is damaged: {first}");
        return Ok(ExitCode::FAILURE);
    }
    let check =
        audit::Check { key: &pinned, rows: Some(opened.keys.rows()), against: against.as_deref() };
    match audit::check(&store, check).await {
        Ok(report) => {
            println!("{report}");
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!("{error}");
            Ok(ExitCode::FAILURE)
        }
    }
}
