//! `POST /api/v1/enrollments/{id}/invitation`: sends the invitation again. The link before opens nothing any
//! more, and every browser that had begun is closed.

use axum::{extract::State, response::Response};
use firstkey_app::{
    Backend,
    inviting::{Reinvite, ReinviteFault},
    machines::{IfCurrent, IfCurrentFault},
};
use firstkey_domain::{EnrollmentId, enrollment::Enrollment, machine_key::Scope};
use firstkey_policy::Operation;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Web,
    api::{
        allowed::{demand, not_allowed, scope},
        answer::{refusal, respond, write},
        call::{Call, Nothing},
        doc::{Doc, Shape},
    },
    console::Id,
    fault::failure,
    problem::{Kind, Problem},
};

pub(in crate::api) const DOC: Doc = Doc {
    summary: "Sends an invitation again; the link before opens nothing any more.",
    scope: Scope::Invitations,
    query: &[],
    takes: Some(Shape::of::<Nothing>),
    gives: Shape::of::<Happened>,
    problems: &[
        Kind::IdempotencyKey,
        Kind::OtherRequest,
        Kind::EnrollmentOver,
        Kind::NotCurrent,
        Kind::TooManyInvitations,
    ],
};

/// It was done.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Happened {
    pub(super) done: bool,
}

/// Sends it again.
pub(in crate::api) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    Id(enrollment): Id<EnrollmentId>,
    Call { machine, asked, version, .. }: Call<Nothing>,
) -> Result<Response, Problem> {
    scope(&web, &machine, Operation::Reinvite, true).await?;
    let found = web.app.peek::<Enrollment>(enrollment).await.map_err(failure)?;
    let person = found.ok_or_else(not_allowed)?.person;
    // Asked first, so that only those who may send it can use up how often it is sent.
    demand(&web, &machine, Some(person), Operation::Reinvite).await?;
    web.may_invite(person)?;
    let use_case = Reinvite { operator: machine.into(), enrollment };
    let again = IfCurrent { use_case, enrollment, version };
    let done = web.app.run_once(&again, asked, |()| write(&Happened { done: true })).await;
    Ok(respond(done.map_err(|fault| refusal(fault, refused))?))
}

fn refused(fault: IfCurrentFault<ReinviteFault>) -> Problem {
    match fault {
        IfCurrentFault::Moved => Problem::new(Kind::NotCurrent),
        IfCurrentFault::Refused(ReinviteFault::NotAllowed(_)) => not_allowed(),
        IfCurrentFault::Refused(ReinviteFault::Ended(_)) => Problem::new(Kind::EnrollmentOver),
    }
}
