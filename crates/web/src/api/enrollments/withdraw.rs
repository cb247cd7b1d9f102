//! `POST /api/v1/enrollments/{id}/withdrawal`: withdraws an enrollment and all that came of it.

use axum::{extract::State, response::Response};
use firstkey_app::{
    Backend,
    inviting::{Withdraw, WithdrawFault},
    machines::{IfCurrent, IfCurrentFault},
};
use firstkey_domain::{EnrollmentId, enrollment::Enrollment, machine_key::Scope};
use firstkey_policy::Operation;

use super::reinvite::Happened;
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
    summary: "Withdraws an enrollment and all that came of it.",
    scope: Scope::Invitations,
    query: &[],
    takes: Some(Shape::of::<Nothing>),
    gives: Shape::of::<Happened>,
    problems: &[Kind::IdempotencyKey, Kind::OtherRequest, Kind::EnrollmentOver, Kind::NotCurrent],
};

/// Withdraws it.
pub(in crate::api) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    Id(enrollment): Id<EnrollmentId>,
    Call { machine, asked, version, .. }: Call<Nothing>,
) -> Result<Response, Problem> {
    scope(&web, &machine, Operation::Withdraw, true).await?;
    let found = web.app.peek::<Enrollment>(enrollment).await.map_err(failure)?;
    let person = found.ok_or_else(not_allowed)?.person;
    // Asked first: neither its version nor what was answered before is for anybody who may not.
    demand(&web, &machine, Some(person), Operation::Withdraw).await?;
    let use_case = Withdraw { operator: machine.into(), enrollment };
    let withdraw = IfCurrent { use_case, enrollment, version };
    let done = web.app.run_once(&withdraw, asked, |()| write(&Happened { done: true })).await;
    Ok(respond(done.map_err(|fault| refusal(fault, refused))?))
}

fn refused(fault: IfCurrentFault<WithdrawFault>) -> Problem {
    match fault {
        IfCurrentFault::Moved => Problem::new(Kind::NotCurrent),
        IfCurrentFault::Refused(WithdrawFault::NotAllowed(_)) => not_allowed(),
        IfCurrentFault::Refused(WithdrawFault::Refused(_)) => Problem::new(Kind::EnrollmentOver),
    }
}
