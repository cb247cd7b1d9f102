//! `POST /people/export`: people as a file, those whom a search finds. Addresses are not in it: nobody
//! needs them to see how far people have come, and they are a way to them.

use axum::{extract::State, response::Response};
use firstkey_app::{
    Backend,
    exporting::{Export, List},
};
use firstkey_ports::{After, PeopleFilter, PersonRow};
use futures_util::stream;
use serde::Deserialize;

use super::{ROWS, file, lines};
use crate::{
    Web,
    console::{allowed::nothing_here, door::Acting, paging::sought},
    fault::problem,
    problem::Problem,
};

/// What the list showed.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Shown {
    #[serde(default)]
    search: String,
}

const COLUMNS: [&str; 11] = [
    "id",
    "external_id",
    "given_name",
    "family_name",
    "user_name",
    "worker_type",
    "department",
    "groups",
    "start_date",
    "belongs",
    "passkeys",
];

/// Sends it.
pub(in crate::console) async fn export<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, input }: Acting<Shown>,
) -> Result<Response, Problem> {
    let export = Export { operator: session.person_id(), session: session.id, list: List::People };
    web.app.run(&export).await.map_err(|fault| problem(fault, |_| nothing_here()))?;
    let filter = PeopleFilter { search: sought(&input.search), sponsor: None };
    let pieces = stream::unfold(Some(After::default()), move |after| {
        let (web, filter) = (web.clone(), filter.clone());
        async move {
            let after = after?;
            // A failure ends the file; what has come so far has come.
            let found = web.app.store().people(&filter, after, ROWS).await.ok()?;
            let next = found.last().map(|last| After(Some(last.id.uuid())));
            let header = after.0.is_none().then(|| COLUMNS.map(str::to_owned));
            let next = next.filter(|_| found.len() >= ROWS as usize);
            Some((Ok(lines(header.into_iter().chain(found.into_iter().map(row)))), next))
        }
    });
    Ok(file("attachment; filename=\"people.csv\"", pieces))
}

fn row(person: PersonRow) -> [String; 11] {
    [
        person.id.to_string(),
        person.external_id,
        person.given_name,
        person.family_name,
        person.user_name,
        person.worker_type,
        person.department.unwrap_or_default(),
        person.groups.into_iter().collect::<Vec<_>>().join(";"),
        person.start_date.to_string(),
        if person.active { "yes" } else { "no" }.to_owned(),
        person.authenticators.to_string(),
    ]
}
