//! `POST /api/join/attempts/{attempt}/bind`: the second press was answered. Binds the authenticator
//! and closes everything else; repeating the request answers the same (rule 24).

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    enrolling::{Bind, BindFault, Bound},
};
use firstkey_domain::enrollment::BindRefusal;
use firstkey_webauthn::authentication::UnverifiedAssertion;
use serde::Deserialize;

use super::{
    address::AttemptAddress, progress::ProgressJson, proven::Proven, standing::standing,
    unsuitable::dropped,
};
use crate::{
    Web,
    fault::problem,
    problem::{Kind, Problem},
};

/// The browser's answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    /// What came with the options.
    ticket: String,
    /// As `PublicKeyCredential.toJSON()` writes it.
    credential: UnverifiedAssertion,
}

/// Binds.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    address: AttemptAddress,
    Proven { request, body: Input { ticket, credential } }: Proven<Input>,
) -> Result<Json<ProgressJson>, Problem> {
    let AttemptAddress { enrollment, attempt } = address;
    let bind = Bind { request, enrollment, attempt, ticket, assertion: credential };
    match web.app.run(&bind).await.map_err(|fault| problem(fault, refused))? {
        Bound::Bound(_) => standing(&web, address, &request).await.map(Json),
        Bound::Rejected(error) => {
            tracing::info!(event = "confirmation_rejected", %error);
            Err(Problem::new(Kind::Ceremony))
        }
        Bound::Outdated => Err(Problem::new(Kind::StepsMissing)),
        Bound::Unsuitable(passkey) => Err(dropped(&web.app, &passkey)),
    }
}

fn refused(reason: BindFault) -> Problem {
    match reason {
        BindFault::Unknown => Problem::new(Kind::NotFound),
        BindFault::Ticket(_) => Problem::new(Kind::StepOver),
        BindFault::Refused(refusal) => not_bound(refusal),
        BindFault::Person(_) => Problem::new(Kind::Ended),
    }
}

/// Why the second press cannot be, or did not count.
pub(super) fn not_bound(refusal: BindRefusal) -> Problem {
    Problem::new(match refusal {
        BindRefusal::Ended(_) | BindRefusal::NoAttempt => Kind::Ended,
        BindRefusal::NoPass | BindRefusal::NothingVerified => Kind::StepOver,
        BindRefusal::NotPermitted => Kind::StepsMissing,
        BindRefusal::NotSigned => Kind::Ceremony,
    })
}
