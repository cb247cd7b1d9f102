//! `POST /api/join/attempts/{attempt}/registration`: what the browser registered. It is verified and
//! kept, and belongs to nobody until the second press.

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    enrolling::{Register, RegisterFault, Registered},
};
use firstkey_domain::{CredentialId, enrollment::RegisterRefusal};
use firstkey_webauthn::registration::UnverifiedRegistration;
use serde::Deserialize;

use super::{
    address::AttemptAddress, confirm::SecondPress, proven::Proven, unsuitable::unsuitable,
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
    credential: UnverifiedRegistration,
}

/// Keeps the credential and starts the second press.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    AttemptAddress { enrollment, attempt }: AttemptAddress,
    Proven { request, body: Input { ticket, credential } }: Proven<Input>,
) -> Result<Json<SecondPress>, Problem> {
    let register = Register { request, enrollment, attempt, ticket, registration: credential };
    let answer = web.app.run(&register).await.map_err(|fault| problem(fault, refused))?;
    // What is not taken, the device should not offer.
    let made = CredentialId::new(register.registration.credential_id().as_bytes().to_vec());
    let not_taken = |kind| Problem::new(kind).telling(web.app.unknown_credential(&made));
    match answer {
        Registered::Kept(ceremony) => Ok(Json(ceremony.into())),
        Registered::Rejected(error) => {
            tracing::info!(event = "registration_rejected", %error);
            Err(not_taken(Kind::Ceremony))
        }
        Registered::Unsuitable { shortcomings, .. } => Err(not_taken(unsuitable(&shortcomings))),
    }
}

fn refused(reason: RegisterFault) -> Problem {
    Problem::new(match reason {
        RegisterFault::Unknown => Kind::NotFound,
        RegisterFault::Ticket(_) => Kind::StepOver,
        RegisterFault::CredentialTaken => Kind::Model,
        RegisterFault::Refused(refusal) => match refusal {
            RegisterRefusal::Ended(_) | RegisterRefusal::NoAttempt => Kind::Ended,
            RegisterRefusal::NoPass | RegisterRefusal::WrongChallenge => Kind::StepOver,
            RegisterRefusal::AlreadyVerified => Kind::AlreadyMade,
        },
    })
}
