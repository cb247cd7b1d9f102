//! `POST /api/join/unexpected`: "I did not expect this". Unsigned, for whoever says it has begun
//! nothing; it closes nothing either, and tells those who can look into it.

use axum::{extract::State, http::StatusCode};
use firstkey_app::{Backend, Fault, Locator, inviting::ReportUnexpected};
use serde::Deserialize;

use crate::{
    Web,
    edge::{Client, Json},
    fault::problem,
    problem::{Kind, Problem},
};

/// What the page sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    /// From the page's address.
    locator: String,
}

/// Passes it on. Said twice, or of a link that is not active, it is answered alike.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    client: Client,
    Json(input): Json<Input>,
) -> Result<StatusCode, Problem> {
    let Ok(locator) = Locator::from_text(&input.locator, web.app.keys()) else {
        if !web.may_look(client.0) {
            return Err(Problem::new(Kind::Throttled).retry_after(60));
        }
        web.missed(client.0);
        return Ok(StatusCode::NO_CONTENT);
    };
    match web.app.run(&ReportUnexpected { locator }).await {
        Ok(()) | Err(Fault::Refused(_) | Fault::Spent(_)) => Ok(StatusCode::NO_CONTENT),
        Err(fault) => Err(problem(fault, |_| Problem::new(Kind::LinkInactive))),
    }
}
