//! `POST /people/{id}/authenticators/stop`: a passkey was lost or stolen.

use axum::{extract::State, response::Redirect};
use firstkey_app::{
    Backend,
    people::{StopAuthenticator, StopAuthenticatorFault},
};
use firstkey_domain::{AuthenticatorId, PersonId};
use serde::Deserialize;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id},
    },
    fault::problem,
    problem::Problem,
};

/// Which one.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Input {
    authenticator: AuthenticatorId,
}

/// Stops it.
pub(in crate::console) async fn stop<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Acting { session, input }: Acting<Input>,
) -> Result<Redirect, Problem> {
    let operator = session.person_id();
    let command = StopAuthenticator { operator, person, authenticator: input.authenticator };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Done::Stopped.redirect(&format!("/people/{person}")))
}

/// One that is not theirs is as good as none.
fn refusal(fault: StopAuthenticatorFault) -> Problem {
    match fault {
        StopAuthenticatorFault::NotAllowed(_) | StopAuthenticatorFault::Refused(_) => {
            nothing_here()
        }
    }
}
