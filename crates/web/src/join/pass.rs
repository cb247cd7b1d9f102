//! `POST /api/join/attempts/{attempt}/pass`: mints the pass, when policy is satisfied, and starts the
//! registration. The pass itself never leaves the server.

use axum::{Json, extract::State};
use firstkey_app::{
    Backend, Fault,
    enrolling::{AskPass, AskPassFault},
};
use firstkey_domain::enrollment::MintRefusal;
use serde::Serialize;
use serde_json::Value;

use super::{
    address::AttemptAddress,
    proven::{Nothing, Proven},
};
use crate::{
    Web,
    fault::problem,
    problem::{Kind, Problem},
};

/// What the browser is to do.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    /// Make a passkey.
    Make {
        /// For `parseCreationOptionsFromJSON`.
        options: Value,
        /// To be sent back with the answer.
        ticket: String,
    },
    /// A passkey was made; only the second press is missing.
    Made {
        /// Always true.
        made: bool,
    },
}

/// Starts the registration.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    AttemptAddress { enrollment, attempt }: AttemptAddress,
    Proven { request, body: Nothing {} }: Proven<Nothing>,
) -> Result<Json<Answer>, Problem> {
    match web.app.run(&AskPass { request, enrollment, attempt }).await {
        Ok(ceremony) if ceremony.options.is_null() => Ok(Json(Answer::Made { made: true })),
        Ok(ceremony) => {
            Ok(Json(Answer::Make { options: ceremony.options, ticket: ceremony.ticket }))
        }
        Err(Fault::Refused(AskPassFault::AlreadyMade)) => Ok(Json(Answer::Made { made: true })),
        Err(fault) => Err(problem(fault, refused)),
    }
}

fn refused(reason: AskPassFault) -> Problem {
    match reason {
        AskPassFault::Unknown => Problem::new(Kind::NotFound),
        AskPassFault::Missing(_) => Problem::new(Kind::StepsMissing),
        AskPassFault::AlreadyMade => Problem::new(Kind::AlreadyMade),
        AskPassFault::ClockMoved => Problem::new(Kind::Unavailable).retry_after(60),
        AskPassFault::Refused(refusal) => Problem::new(match refusal {
            MintRefusal::Ended(_) | MintRefusal::NoAttempt => Kind::Ended,
            MintRefusal::AlreadyOpen | MintRefusal::NotPermitted => Kind::Busy,
        }),
    }
}
