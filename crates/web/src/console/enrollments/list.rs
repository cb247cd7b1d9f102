//! `GET /enrollments?search=&stage=&after=`: who is where, who is stuck and why.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_policy::Operation;
use firstkey_ports::{EnrollmentFilter, Stage};
use serde::Deserialize;

use crate::{
    Web,
    console::{
        advice::stage_message,
        allowed::{demand, may},
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        names::Names,
        paging::{From, cut, sought, wanted},
        waiting::WaitingRow,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

/// The address.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Address {
    /// Words that find their people.
    #[serde(default)]
    search: String,
    /// A stage by its word, `open`, or `all`.
    #[serde(default)]
    stage: String,
    #[serde(default)]
    after: From,
}

/// A choice of the filter.
struct Choice {
    value: &'static str,
    label: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "console/enrollments.html")]
struct EnrollmentsPage {
    reader: Reader,
    frame: Frame,
    search: String,
    choices: Vec<Choice>,
    chosen: &'static str,
    rows: Vec<WaitingRow>,
    next: Option<String>,
    is_first: bool,
    may_export: bool,
}

/// Lists enrollments, newest first.
pub(in crate::console) async fn list<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(address): InAddress<Address>,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::ViewPeople).await?;
    let stage = Stage::from_name(&address.stage);
    let chosen = match (stage, address.stage.as_str()) {
        (Some(stage), _) => stage.name(),
        (None, "all") => "all",
        (None, _) => "open",
    };
    let search = sought(&address.search);
    let open = chosen == "open";
    let filter = EnrollmentFilter { search: search.clone(), stage, person: None, open };
    let found = web.app.store().enrollments(&filter, address.after.0, wanted()).await;
    let mut found = found.map_err(|error| failure(Fault::Store(error)))?;
    let next = cut(&mut found, |waiting| waiting.enrollment.id.uuid());
    let mut names = Names::new(&web, reader.texts);
    let mut rows = Vec::new();
    for waiting in &found {
        rows.push(WaitingRow::of(&web, &session, reader, &mut names, waiting).await?);
    }
    Ok(show(&EnrollmentsPage {
        reader,
        frame: Frame::of(&web, &session, Place::Enrollments, None).await?,
        search,
        choices: choices(reader, chosen),
        chosen,
        rows,
        next: next.map(|id| id.to_string()),
        is_first: address.after.0.0.is_none(),
        may_export: may(&web, &session, None, Operation::ExportLists).await?,
    }))
}

fn choices(reader: Reader, chosen: &str) -> Vec<Choice> {
    let choice = |value: &'static str, message| Choice {
        value,
        label: reader.get(message),
        is_chosen: value == chosen,
    };
    let whole = [choice("open", "console-stage-open"), choice("all", "console-stage-all")];
    let stages = Stage::ALL.into_iter().map(|stage| choice(stage.name(), stage_message(stage)));
    whole.into_iter().chain(stages).collect()
}
