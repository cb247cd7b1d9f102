//! `POST /sign-in`: a passkey answered; the session begins.

use axum::{
    Json as Answer,
    extract::State,
    http::{HeaderMap, header::USER_AGENT},
    response::IntoResponse,
};
use firstkey_app::{
    App, Backend,
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

/// Signs somebody in. Every refusal but a ticket's says the same, so that what is known here is not told,
/// with one exception: a browser whose passkey is nobody's any more is told that, so that its device
/// stops offering it. Whoever asks names a credential and its account, and learns whether that account
/// is known here and has lost that credential. Both ids are random, as the threat model says, and nobody
/// comes by them without having held a passkey of that account or having read our pages as an operator.
pub(in crate::console) async fn finish<S: Backend>(
    State(web): State<Web<S>>,
    _: OurPage,
    headers: HeaderMap,
    Json(input): Json<Input>,
) -> Result<impl IntoResponse, Problem> {
    let browser = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let app = &web.app;
    let command = SignIn {
        ticket: input.ticket,
        assertion: input.credential,
        browser: browser.chars().take(300).collect(),
    };
    let refused = |fault| problem(fault, |reason| refusal(app, reason));
    let signed_in = app.run(&command).await.map_err(refused)?;
    let to = Wish::from_text(&input.to).as_str().to_owned();
    // What its device should know of its owner's other passkeys, the page that is gone to says.
    Ok((cookie::set(&signed_in.token), Answer(GoTo::to(to))))
}

fn refusal<S: Backend>(app: &App<S>, fault: SignInFault) -> Problem {
    match fault {
        SignInFault::Nobodys(id) => {
            Problem::new(Kind::UnknownPasskey).telling(app.unknown_credential(&id))
        }
        SignInFault::Ticket(error) => refused::ticket(error),
        SignInFault::Unknown | SignInFault::BrokenSeal | SignInFault::Signature(_) => {
            Problem::new(Kind::UnknownPasskey)
        }
    }
}
