//! `POST /me/authenticators/{id}/name`: what somebody calls a passkey of theirs.

use axum::{extract::State, response::Redirect};
use firstkey_app::{
    Backend,
    own::{NameAuthenticator, NameAuthenticatorFault},
};
use firstkey_domain::AuthenticatorId;
use serde::Deserialize;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id},
    },
    fault::problem,
    problem::{Kind, Problem},
};

/// The new name.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Input {
    name: String,
}

/// Names it.
pub(in crate::console) async fn name<S: Backend>(
    State(web): State<Web<S>>,
    Id(authenticator): Id<AuthenticatorId>,
    Acting { session, input }: Acting<Input>,
) -> Result<Redirect, Problem> {
    let command =
        NameAuthenticator { person: session.person_id(), authenticator, name: input.name };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Done::Named.redirect("/me"))
}

fn refusal(fault: NameAuthenticatorFault) -> Problem {
    match fault {
        NameAuthenticatorFault::BadName => Problem::new(Kind::BadName),
        NameAuthenticatorFault::Refused(_) => nothing_here(),
    }
}
