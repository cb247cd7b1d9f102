//! `GET /open`: everything that is open right now, with its end.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_policy::Operation;

use crate::{
    Web,
    console::{
        advice::{stage_message, stage_now},
        allowed::demand,
        door::SignedIn,
        frame::{Frame, Place},
        moment::Moment,
        names::full_name,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

struct OpenEnrollment {
    id: String,
    name: String,
    stage: String,
    invited: Option<Moment>,
    ends: Moment,
}

struct OpenAttempt {
    enrollment: String,
    name: Option<String>,
    began: Moment,
    ends: Moment,
    pass_ends: Option<Moment>,
}

#[derive(Template)]
#[template(path = "console/open.html")]
struct OpenPage {
    reader: Reader,
    frame: Frame,
    enrollments: Vec<OpenEnrollment>,
    attempts: Vec<OpenAttempt>,
    is_cut: bool,
}

/// How many of each are shown; those that end soonest.
const SHOWN: u32 = 100;

/// Shows it, soonest end first.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::ViewPeople).await?;
    let open = web.app.store().open_now(SHOWN).await;
    let open = open.map_err(|error| failure(Fault::Store(error)))?;
    let now = web.app.now();
    let names: BTreeMap<_, _> =
        open.enrollments.iter().map(|it| (it.enrollment.id, full_name(&it.person))).collect();
    let is_cut = open.enrollments.len() >= SHOWN as usize || open.attempts.len() >= SHOWN as usize;
    let enrollments = open.enrollments.iter().map(|waiting| OpenEnrollment {
        id: waiting.enrollment.id.to_string(),
        name: full_name(&waiting.person),
        stage: reader.get(stage_message(stage_now(&waiting.enrollment, now))),
        invited: waiting.enrollment.invited_from.map(Moment),
        ends: Moment(waiting.enrollment.expires),
    });
    let attempts = open.attempts.iter().map(|attempt| OpenAttempt {
        enrollment: attempt.enrollment.to_string(),
        name: names.get(&attempt.enrollment).cloned(),
        began: Moment(attempt.began),
        ends: Moment(attempt.expires),
        pass_ends: attempt.pass_expires.map(Moment),
    });
    Ok(show(&OpenPage {
        reader,
        frame: Frame::of(&web, &session, Place::Open, None).await?,
        enrollments: enrollments.collect(),
        attempts: attempts.collect(),
        is_cut,
    }))
}
