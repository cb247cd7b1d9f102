//! `GET /people?search=&after=`: everybody, newest first.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_policy::Operation;
use firstkey_ports::{PeopleFilter, PersonRow};
use serde::Deserialize;

use crate::{
    Web,
    console::{
        allowed::{demand, may},
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        names::{full_name, is_erased},
        paging::{From, cut, sought, wanted},
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

/// The address.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Address {
    #[serde(default)]
    search: String,
    #[serde(default)]
    after: From,
}

struct PersonLine {
    id: String,
    name: String,
    user_name: String,
    details: String,
    authenticators: u32,
    has_left: bool,
    is_erased: bool,
}

#[derive(Template)]
#[template(path = "console/people.html")]
struct PeoplePage {
    reader: Reader,
    frame: Frame,
    search: String,
    people: Vec<PersonLine>,
    next: Option<String>,
    is_first: bool,
    may_add: bool,
    may_export: bool,
}

/// Lists and finds people.
pub(in crate::console) async fn list<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(address): InAddress<Address>,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::ViewPeople).await?;
    let search = sought(&address.search);
    let filter = PeopleFilter { search: search.clone(), sponsor: None };
    let found = web.app.store().people(&filter, address.after.0, wanted()).await;
    let mut found = found.map_err(|error| failure(Fault::Store(error)))?;
    let next = cut(&mut found, |person| person.id.uuid());
    Ok(show(&PeoplePage {
        reader,
        frame: Frame::of(&web, &session, Place::People, None).await?,
        search,
        people: found.iter().map(line).collect(),
        next: next.map(|id| id.to_string()),
        is_first: address.after.0.0.is_none(),
        may_export: may(&web, &session, None, Operation::ExportLists).await?,
        may_add: may(&web, &session, None, Operation::AddJoiner).await?,
    }))
}

fn line(person: &PersonRow) -> PersonLine {
    let details = [
        person.department.clone().unwrap_or_default(),
        person.worker_type.clone(),
        person.start_date.to_string(),
    ];
    let details: Vec<_> = details.into_iter().filter(|detail| !detail.is_empty()).collect();
    PersonLine {
        id: person.id.to_string(),
        name: full_name(person),
        user_name: person.user_name.clone(),
        details: details.join(" · "),
        authenticators: person.authenticators,
        has_left: !person.active,
        is_erased: is_erased(person),
    }
}
