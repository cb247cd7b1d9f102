//! `POST /enrollments/export`: enrollments as a file, those that a list shows.

use axum::{extract::State, response::Response};
use firstkey_app::{
    Backend,
    exporting::{Export, List},
};
use firstkey_domain::enrollment::Kind;
use firstkey_ports::{After, EnrollmentFilter, Stage, Waiting};
use futures_util::stream;
use jiff::Timestamp;
use serde::Deserialize;

use super::{ROWS, file, lines};
use crate::{
    Web,
    console::{
        advice::stage_now, allowed::nothing_here, door::Acting, moment::Moment, names::full_name,
        paging::sought,
    },
    fault::problem,
    problem::Problem,
};

/// What the list showed.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Shown {
    #[serde(default)]
    search: String,
    #[serde(default)]
    stage: String,
}

const COLUMNS: [&str; 9] =
    ["id", "person", "name", "department", "kind", "stage", "opened", "invited_from", "ends"];

/// Sends it.
pub(in crate::console) async fn export<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, input }: Acting<Shown>,
) -> Result<Response, Problem> {
    let list = List::Enrollments;
    let export = Export { operator: session.person_id(), session: session.id, list };
    web.app.run(&export).await.map_err(|fault| problem(fault, |_| nothing_here()))?;
    let stage = Stage::from_name(&input.stage);
    let open = stage.is_none() && input.stage != "all";
    let filter = EnrollmentFilter { search: sought(&input.search), stage, person: None, open };
    let now = web.app.now();
    let pieces = stream::unfold(Some(After::default()), move |after| {
        let (web, filter) = (web.clone(), filter.clone());
        async move {
            let after = after?;
            // A failure ends the file; what has come so far has come.
            let found = web.app.store().enrollments(&filter, after, ROWS).await.ok()?;
            let next = found.last().map(|last| After(Some(last.enrollment.id.uuid())));
            let header = after.0.is_none().then(|| COLUMNS.map(str::to_owned));
            let next = next.filter(|_| found.len() >= ROWS as usize);
            let rows = found.into_iter().map(|waiting| row(&waiting, now));
            Some((Ok(lines(header.into_iter().chain(rows))), next))
        }
    });
    Ok(file("attachment; filename=\"enrollments.csv\"", pieces))
}

fn row(Waiting { enrollment, person }: &Waiting, now: Timestamp) -> [String; 9] {
    let kind = match enrollment.kind {
        Kind::First => "first",
        Kind::Additional => "additional",
    };
    [
        enrollment.id.to_string(),
        enrollment.person.to_string(),
        full_name(person),
        person.department.clone().unwrap_or_default(),
        kind.to_owned(),
        stage_now(enrollment, now).name().to_owned(),
        Moment(enrollment.opened).iso(),
        enrollment.invited_from.map(|from| Moment(from).iso()).unwrap_or_default(),
        Moment(enrollment.expires).iso(),
    ]
}
