//! `POST /sign-in`: a passkey answered; the session begins.

use axum::{
    Json as Answer,
    extract::State,
    http::{HeaderMap, header::USER_AGENT},
    response::IntoResponse,
};
use firstkey_app::{
    Backend,
    signing_in::{SignIn, SignInFault},
};
use firstkey_webauthn::authentication::UnverifiedAssertion;
use serde::Deserialize;

use crate::{
    Web,
    console::{cookie, door::OurPage, press::GoTo, refused, wish::Wish},
    edge::Json,
    fault::problem,
    problem::{Kind, Problem},
};

/// The passkey's answer, and where its holder wanted to go.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::console) struct Input {
    ticket: String,
    credential: UnverifiedAssertion,
    #[serde(default)]
    to: String,
}

/// Signs somebody in. Every refusal but a ticket's is the same: what is known here is not told.
pub(in crate::console) async fn finish<S: Backend>(
    State(web): State<Web<S>>,
    _: OurPage,
    headers: HeaderMap,
    Json(input): Json<Input>,
) -> Result<impl IntoResponse, Problem> {
    let browser = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let command = SignIn {
        ticket: input.ticket,
        assertion: input.credential,
        browser: browser.chars().take(300).collect(),
    };
    let signed_in = web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    let to = Wish::from_text(&input.to).as_str().to_owned();
    Ok((cookie::set(&signed_in.token), Answer(GoTo { to })))
}

fn refusal(fault: SignInFault) -> Problem {
    match fault {
        SignInFault::Ticket(error) => refused::ticket(error),
        SignInFault::Unknown | SignInFault::BrokenSeal | SignInFault::Signature(_) => {
            Problem::new(Kind::UnknownPasskey)
        }
    }
}
