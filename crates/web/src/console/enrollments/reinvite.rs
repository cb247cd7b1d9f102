//! `POST /enrollments/{id}/reinvite`: sends the invitation again. The link before opens nothing any
//! more, and every browser that had begun is closed.

use axum::{extract::State, response::Redirect};
use firstkey_app::{
    Backend,
    inviting::{Reinvite, ReinviteFault},
};
use firstkey_domain::{EnrollmentId, enrollment::Enrollment};
use firstkey_policy::Operation;

use crate::{
    Web,
    console::{
        allowed::{demand, nothing_here},
        done::Done,
        door::{Acting, Id, Nothing},
    },
    fault::{failure, problem},
    problem::{Kind, Problem},
};

/// Sends it again.
pub(in crate::console) async fn reinvite<S: Backend>(
    State(web): State<Web<S>>,
    Id(enrollment): Id<EnrollmentId>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Redirect, Problem> {
    let found = web.app.peek::<Enrollment>(enrollment).await.map_err(failure)?;
    let person = found.ok_or_else(nothing_here)?.person;
    // Asked first, so that only those who may send it can use up how often it is sent.
    demand(&web, &session, Some(person), Operation::Reinvite).await?;
    web.may_invite(person)?;
    let command = Reinvite { operator: session.person_id().into(), enrollment };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Done::Reinvited.redirect(&format!("/enrollments/{enrollment}")))
}

fn refusal(fault: ReinviteFault) -> Problem {
    match fault {
        ReinviteFault::NotAllowed(_) => nothing_here(),
        ReinviteFault::Ended(_) => Problem::new(Kind::EnrollmentOver),
    }
}
