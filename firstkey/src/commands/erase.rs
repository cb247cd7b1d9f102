//! `firstkey erase`: deletes what is known of people who left, for good.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use firstkey_app::people::ErasePerson;
use firstkey_domain::{Actor, PersonId};
use firstkey_ports::Queries;
use futures_util::future::join_all;

use super::{CommandError, say};
use crate::{cli, config::Config, control::Request, running::HostApp};

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
    let lines: Vec<_> =
        outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|why| why)).collect();
    if are_erased { Ok(lines.join("\n")) } else { Err(lines.join("\n")) }
}

/// Finds a person by our id or HR's.
async fn find(app: &HostApp, person: &str) -> Result<PersonId, String> {
    if let Ok(id) = person.parse::<PersonId>() {
        return Ok(id);
    }
    let found = app.store().people_by_external_id(&[person.to_owned()]).await;
    let found = found.map_err(|error| error.to_string())?;
    let found = found.first().map(|person| person.id);
    found.ok_or_else(|| format!("nobody has the identifier {person}; nobody was erased"))
}
