//! `POST /api/join/attempts/{attempt}/confirm`: the second press, or another try of it.

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    enrolling::{Ceremony, Confirm, ConfirmFault, Confirmed},
};
use serde::Serialize;
use serde_json::Value;

use super::{
    address::AttemptAddress,
    bind,
    proven::{Nothing, Proven},
    unsuitable::dropped,
};
use crate::{
    Web,
    fault::problem,
    problem::{Kind, Problem},
};

/// What the new passkey is to sign.
#[derive(Debug, Serialize)]
pub(crate) struct SecondPress {
    /// For `parseRequestOptionsFromJSON`.
    confirm: Value,
    /// To be sent back with the answer.
    ticket: String,
}

impl From<Ceremony> for SecondPress {
    fn from(ceremony: Ceremony) -> Self {
        Self { confirm: ceremony.options, ticket: ceremony.ticket }
    }
}

/// Starts the second press.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    AttemptAddress { enrollment, attempt }: AttemptAddress,
    Proven { request, body: Nothing {} }: Proven<Nothing>,
) -> Result<Json<SecondPress>, Problem> {
    let confirm = Confirm { request, enrollment, attempt };
    match web.app.run(&confirm).await.map_err(|fault| problem(fault, refused))? {
        Confirmed::Asked(ceremony) => Ok(Json(ceremony.into())),
        Confirmed::Unsuitable(passkey) => Err(dropped(&web.app, &passkey)),
        Confirmed::Missing => Err(Problem::new(Kind::StepsMissing)),
    }
}

fn refused(reason: ConfirmFault) -> Problem {
    match reason {
        ConfirmFault::Unknown => Problem::new(Kind::NotFound),
        ConfirmFault::Refused(refusal) => bind::not_bound(refusal),
    }
}
