//! `firstkey doctor`: everything that can go wrong, and the one thing to do about each. It reads, with a
//! server or without, and changes nothing.

mod finding;
mod folder;
mod log;
mod people;
mod surroundings;

use std::process::ExitCode;

use firstkey_ports::Clock;
use firstkey_store_sqlite::{Options, SqliteStore};

use super::CommandError;
use crate::{
    config::Config,
    data::{DataFolder, KeyFolder},
    host::{HostClock, HostEntropy},
    running::log_name,
};
use finding::{Finding, State};

/// Looks at everything. Fails when there is a problem.
pub async fn run(config: &Config, json: bool) -> Result<ExitCode, CommandError> {
    let mut findings = surroundings::configuration(config);
    findings.push(surroundings::mail(config).await);
    match DataFolder::existing(&config.data.folder) {
        Err(error) => findings.push(Finding::problem(
            "data",
            error.to_string(),
            "start the server once, or name the folder with --data",
        )),
        Ok(folder) => of_folder(config, &folder, &mut findings).await?,
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&findings).map_err(CommandError::failed)?);
    } else {
        for finding in &findings {
            println!("{finding}");
        }
    }
    let is_well = findings.iter().all(|finding| finding.state != State::Problem);
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn of_folder(
    config: &Config,
    folder: &DataFolder,
    findings: &mut Vec<Finding>,
) -> Result<(), CommandError> {
    let is_running = crate::control::connect(folder).await.is_some();
    findings.push(folder::server(is_running));
    findings.push(folder::disk(folder));
    findings.push(folder::journal(folder));
    let keys = KeyFolder::new(folder, &config.keys.unlock_file);
    findings.push(folder::modes(folder, &keys));
    let store = match SqliteStore::open_read_only(folder.database(), Options::default()) {
        Ok(store) => store,
        Err(error) => {
            let to_do = "restore a backup, or start the server once after an upgrade";
            findings.push(Finding::problem("database", error.to_string(), to_do));
            return Ok(());
        }
    };
    findings.push(folder::clock(folder, &store).await?);
    let site = config.site().map_err(CommandError::failed)?;
    let name = log_name(&site.console_origin);
    match keys.open(&name, false, &HostEntropy::new(), HostClock.read().wall) {
        Ok(opened) => {
            findings.push(folder::keys(&opened, &keys));
            findings.push(log::heads(&store, &opened.log, is_running).await);
        }
        Err(error) => findings.push(Finding::problem(
            "keys",
            error.to_string(),
            "put back the unlock key with which this keys.json was made",
        )),
    }
    findings.extend(people::administrators(&store).await?);
    findings.push(people::second_authenticators(&store).await?);
    Ok(())
}
