//! `POST /people/{id}/enrollments`: opens a first enrollment for somebody who has none.

use axum::{extract::State, response::Redirect};
use firstkey_app::{
    Backend,
    inviting::{OpenFirst, OpenFirstFault},
};
use firstkey_domain::PersonId;
use firstkey_policy::Operation;
use serde::Deserialize;

use crate::{
    Web,
    console::{
        allowed::{demand, nothing_here},
        done::Done,
        door::{Acting, Id},
        me::add::opening,
    },
    fault::problem,
    problem::{Kind, Problem},
};

/// Why, and when.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Input {
    reason: String,
    /// A checkbox: there when the invitation is to go out now.
    at_once: Option<String>,
}

/// Opens it.
pub(in crate::console) async fn open<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Acting { session, input }: Acting<Input>,
) -> Result<Redirect, Problem> {
    // Asked first, so that only those who may send it can use up how often it is sent.
    demand(&web, &session, Some(person), Operation::OpenEnrollment).await?;
    web.may_invite(person)?;
    let command = OpenFirst {
        operator: session.person_id().into(),
        person,
        reason: input.reason,
        at_once: input.at_once.is_some(),
    };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Done::Opened.redirect(&format!("/people/{person}")))
}

fn refusal(fault: OpenFirstFault) -> Problem {
    match fault {
        OpenFirstFault::NotAllowed(_) => nothing_here(),
        OpenFirstFault::NoReason => Problem::new(Kind::NoReason),
        OpenFirstFault::Refused(refusal) => opening(refusal),
        OpenFirstFault::Ended(_) => Problem::new(Kind::EnrollmentOver),
    }
}
