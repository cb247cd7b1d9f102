//! `POST /enrollments/{id}/reinvite`: sends the invitation again. The link before opens nothing any
//! more, and every browser that had begun is closed.

use axum::{extract::State, response::Redirect};
use firstkey_app::{
    Backend,
    inviting::{Reinvite, ReinviteFault},
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

/// Sends it again.
pub(in crate::console) async fn reinvite<S: Backend>(
    State(web): State<Web<S>>,
    Id(enrollment): Id<EnrollmentId>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Redirect, Problem> {
    let command = Reinvite { operator: session.person_id(), enrollment };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Done::Reinvited.redirect(&format!("/enrollments/{enrollment}")))
}

fn refusal(fault: ReinviteFault) -> Problem {
    match fault {
        ReinviteFault::NotAllowed(_) => nothing_here(),
        ReinviteFault::Ended(_) => Problem::new(Kind::EnrollmentOver),
    }
}
