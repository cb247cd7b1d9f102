//! `POST /waiting/{enrollment}/approve`: the voucher's signature.

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    vouching::{Approve, ApproveFault},
};
use firstkey_domain::{EnrollmentId, enrollment::Enrollment};

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id},
        press::{GoTo, Pressed},
        refused,
    },
    fault::{failure, problem},
    problem::Problem,
};

/// Records the approval.
pub(in crate::console) async fn approve<S: Backend>(
    State(web): State<Web<S>>,
    Id(id): Id<EnrollmentId>,
    Acting { session, input }: Acting<Pressed>,
) -> Result<Json<GoTo>, Problem> {
    let command = Approve {
        operator: session.person_id(),
        enrollment: id,
        ticket: input.ticket,
        assertion: input.credential,
    };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    let enrollment = web.app.peek::<Enrollment>(id).await.map_err(failure)?;
    let is_own = enrollment.is_some_and(|it| it.person == session.person_id());
    let page = if is_own { "/me/adding".to_owned() } else { format!("/waiting/{id}") };
    Ok(Json(GoTo::to(Done::Vouched.at(&page))))
}

fn refusal(fault: ApproveFault) -> Problem {
    match fault {
        ApproveFault::NotAllowed(_) => nothing_here(),
        ApproveFault::Ticket(error) => refused::ticket(error),
        ApproveFault::Signature(error) => refused::signature(&error),
        ApproveFault::Refused(refusal) => refused::vouching(refusal),
    }
}
