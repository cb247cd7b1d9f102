//! `POST /people/{id}/authenticators/stop/options` and `POST /people/{id}/authenticators/stop`: a passkey
//! was lost or stolen, signed with a fresh press.

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    people::{AskStop, StopAuthenticator, StopAuthenticatorFault},
};
use firstkey_domain::{AuthenticatorId, PersonId};
use serde::Deserialize;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id},
        press::{Asked, GoTo, Pressed},
        refused,
    },
    fault::problem,
    problem::Problem,
};

/// Which one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::console) struct Input {
    authenticator: AuthenticatorId,
}

/// Answers with what is to be signed.
pub(in crate::console) async fn options<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Acting { session, input }: Acting<Input>,
) -> Result<Json<Asked>, Problem> {
    let operator = session.person_id();
    let ask = AskStop { operator, person, authenticator: input.authenticator };
    let ceremony = web.app.ask_stop(ask).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(ceremony.into()))
}

/// Stops it. Which one is in the signed ticket.
pub(in crate::console) async fn stop<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Acting { session, input }: Acting<Pressed>,
) -> Result<Json<GoTo>, Problem> {
    let command = StopAuthenticator {
        operator: session.person_id(),
        ticket: input.ticket,
        assertion: input.credential,
    };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(GoTo::to(Done::Stopped.at(&format!("/people/{person}")))))
}

/// One that is not theirs is as good as none.
fn refusal(fault: StopAuthenticatorFault) -> Problem {
    match fault {
        StopAuthenticatorFault::NotAllowed(_) | StopAuthenticatorFault::Refused(_) => {
            nothing_here()
        }
        StopAuthenticatorFault::Ticket(error) => refused::ticket(error),
        StopAuthenticatorFault::Signature(error) => refused::signature(&error),
    }
}
