//! `POST /api/v1/people/{id}/enrollments`: opens a first enrollment for somebody who has none.

use axum::{extract::State, response::Response};
use firstkey_app::{
    Backend,
    inviting::{OpenFirst, OpenFirstFault},
};
use firstkey_domain::{PersonId, enrollment::OpenRefusal, machine_key::Scope};
use firstkey_policy::Operation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Web,
    api::{
        allowed::{demand, not_allowed},
        answer::{refusal, respond, write},
        call::Call,
        doc::{Doc, Shape},
    },
    console::Id,
    problem::{Kind, Problem},
};

pub(in crate::api) const DOC: Doc = Doc {
    summary: "Opens a first enrollment and schedules its invitation.",
    scope: Scope::Invitations,
    query: &[],
    takes: Some(Shape::of::<Opening>),
    gives: Shape::of::<Opened>,
    problems: &[
        Kind::IdempotencyKey,
        Kind::OtherRequest,
        Kind::NoReason,
        Kind::HasLeft,
        Kind::AlreadyOpen,
        Kind::AlreadyEnrolled,
        Kind::NotEnrolled,
        Kind::TooManyInvitations,
    ],
};

/// Why, and when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Opening {
    /// A reason or a ticket number.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// Whether to invite now rather than before the start date.
    #[serde(default)]
    at_once: bool,
}

/// What was opened.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Opened {
    enrollment: Uuid,
}

/// Opens it.
pub(in crate::api) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Call { machine, body, asked, .. }: Call<Opening>,
) -> Result<Response, Problem> {
    // Asked first, so that only those who may send it can use up how often it is sent.
    demand(&web, &machine, Some(person), Operation::OpenEnrollment).await?;
    if body.reason.chars().count() > 500 {
        return Err(Problem::new(Kind::Malformed));
    }
    web.may_invite(person)?;
    let Opening { reason, at_once } = body;
    let open = OpenFirst { operator: machine.into(), person, reason, at_once };
    let done = web.app.run_once(&open, asked, |id| write(&Opened { enrollment: id.uuid() })).await;
    Ok(respond(done.map_err(|fault| refusal(fault, refused))?))
}

fn refused(fault: OpenFirstFault) -> Problem {
    match fault {
        OpenFirstFault::NotAllowed(_) => not_allowed(),
        OpenFirstFault::NoReason => Problem::new(Kind::NoReason),
        OpenFirstFault::Ended(_) => Problem::new(Kind::EnrollmentOver),
        OpenFirstFault::Refused(refusal) => Problem::new(match refusal {
            OpenRefusal::Left => Kind::HasLeft,
            OpenRefusal::AlreadyOpen => Kind::AlreadyOpen,
            OpenRefusal::AlreadyEnrolled => Kind::AlreadyEnrolled,
            OpenRefusal::NotEnrolled => Kind::NotEnrolled,
        }),
    }
}
