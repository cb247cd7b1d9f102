//! `POST /enrollments/{id}/withdraw`: withdraws the invitation and all that came of it.

use axum::{extract::State, response::Redirect};
use firstkey_app::{
    Backend,
    inviting::{Withdraw, WithdrawFault},
};
use firstkey_domain::EnrollmentId;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id, Nothing},
    },
    fault::problem,
    problem::{Kind, Problem},
};

/// Withdraws it.
pub(in crate::console) async fn withdraw<S: Backend>(
    State(web): State<Web<S>>,
    Id(enrollment): Id<EnrollmentId>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Redirect, Problem> {
    let command = Withdraw { operator: session.person_id().into(), enrollment };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Done::Withdrawn.redirect(&format!("/enrollments/{enrollment}")))
}

fn refusal(fault: WithdrawFault) -> Problem {
    match fault {
        WithdrawFault::NotAllowed(_) => nothing_here(),
        WithdrawFault::Refused(_) => Problem::new(Kind::EnrollmentOver),
    }
}
