//! `firstkey erase`: deletes what is known of people who left, for good.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use firstkey_app::people::ErasePerson;
use firstkey_domain::{Actor, PersonId};
use firstkey_ports::{Queries, Residue};
use futures_util::future::join_all;

use super::{CommandError, say};
use crate::{cli, config::Config, control::Request, running::HostApp};

/// What is said when the store could not clean its files.
const NOT_CLEAN: &str = "\
The database file may still hold what was erased: it could not be written anew. The log says why, as \
store.scrub_failed; mostly there is too little room. Make some, twice the size of the database, and \
restart Firstkey, which tries again.";

/// What is said when a reader keeps SQLite's write-ahead log.
const JOURNAL_KEPT: &str = "\
The database may still hold what was erased: something reads it as it was before, such as `firstkey log \
check` or a backup, and keeps firstkey.db-wal from being emptied. The log says so as store.wal_kept. \
Firstkey tries again by itself from time to time; to be sure, let the reader end and restart it.";

/// Runs the command.
pub fn run(config: &Config, options: &cli::Erase) -> Result<ExitCode, CommandError> {
    if !options.yes && !is_confirmed(&options.person)? {
        return Err(CommandError::said("Nobody was erased."));
    }
    let request = Request::Erase { people: options.person.clone(), reason: options.reason.clone() };
    say(config, request)
}

/// Has somebody type again whom they mean.
fn is_confirmed(people: &[String]) -> Result<bool, CommandError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(CommandError::said(
            "an erasure cannot be undone, and there is no terminal to ask; say --yes",
        ));
    }
    println!(
        "What is known of them is deleted for good. Their user names stay taken, and the log keeps that\n\
         they were here. Copies of the data folder are not reached."
    );
    for person in people {
        print!("Type {person} again to erase that person: ");
        io::stdout().flush()?;
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        if line.trim() != person {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Erases people; all are found before any is erased. Together, so that the files are cleaned once.
pub async fn erase(
    app: &HostApp,
    host: &str,
    people: &[String],
    reason: &str,
) -> Result<String, String> {
    let mut found = Vec::with_capacity(people.len());
    for person in people {
        found.push((person, find(app, person).await?));
    }
    let erasures = found.into_iter().map(|(given, person)| async move {
        let by = Actor::Host(host.to_owned());
        let outcome = app.run(&ErasePerson { person, reason: reason.to_owned(), by }).await;
        match outcome {
            Ok(erased) => {
                tracing::warn!(event = "person.erased", %person, host, "a person was erased");
                let events = erased.events;
                Ok(format!("{given}: erased, in {events} events. The log knows them as {person}."))
            }
            Err(fault) => Err(format!("{given}: {fault}")),
        }
    });
    let outcomes = join_all(erasures).await;
    let are_erased = outcomes.iter().all(Result::is_ok);
    let mut lines: Vec<_> =
        outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|why| why)).collect();
    let residue = app.store().residue().await.map_err(|error| error.to_string())?;
    match residue {
        Residue::None => {}
        Residue::Journal => lines.push(JOURNAL_KEPT.to_owned()),
        Residue::Database => lines.push(NOT_CLEAN.to_owned()),
    }
    let is_clean = residue == Residue::None;
    if are_erased && is_clean { Ok(lines.join("\n")) } else { Err(lines.join("\n")) }
}

/// Finds a person by HR's identifier or our id. HR's may look like ours.
async fn find(app: &HostApp, given: &str) -> Result<PersonId, String> {
    let of_hr = app.store().people_by_external_id(&[given.to_owned()]).await;
    let of_hr = of_hr.map_err(|error| error.to_string())?.first().map(|person| person.id);
    let ours = match given.parse::<PersonId>() {
        Ok(id) => app.store().person(id).await.map_err(|error| error.to_string())?,
        Err(_) => None,
    };
    let ours = ours.map(|person| person.id);
    match (of_hr, ours) {
        (Some(of_hr), Some(ours)) if of_hr != ours => Err(format!(
            "{given} is HR's identifier of one person, whose own id is {of_hr}, and the own id of \
             somebody else; name whom you mean in the other way; nobody was erased"
        )),
        (Some(id), _) | (None, Some(id)) => Ok(id),
        (None, None) => Err(format!("nobody has the identifier {given}; nobody was erased")),
    }
}
