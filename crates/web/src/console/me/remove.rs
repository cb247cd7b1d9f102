//! `GET /me/authenticators/{id}/remove` says what removing means; `POST …/remove/options` and
//! `POST …/remove` do it with a fresh press. The last one stays (rule 12).

use askama::Template;
use axum::{Json, extract::State, response::Response};
use firstkey_app::{
    Backend,
    own::{AskRemoval, RemoveAuthenticator, RemoveAuthenticatorFault},
};
use firstkey_domain::{
    AuthenticatorId,
    person::{AuthenticatorRefusal, Person},
};

use super::PasskeyLine;
use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id, Nothing, SignedIn},
        frame::{Frame, Place},
        models::Models,
        press::{Asked, GoTo, Pressed},
        refused,
    },
    fault::{failure, problem},
    page::{Reader, show},
    problem::{Kind, Problem},
};

#[derive(Template)]
#[template(path = "console/remove.html")]
struct RemovePage {
    reader: Reader,
    frame: Frame,
    passkey: PasskeyLine,
    is_last: bool,
}

/// Says what removing means.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    Id(id): Id<AuthenticatorId>,
    reader: Reader,
) -> Result<Response, Problem> {
    let person = web.app.peek::<Person>(session.person_id()).await.map_err(failure)?;
    let person = person.ok_or_else(nothing_here)?;
    let held = person.authenticators.iter().find(|each| each.id == id).ok_or_else(nothing_here)?;
    Ok(show(&RemovePage {
        reader,
        frame: Frame::of(&web, &session, Place::Me, None).await?,
        passkey: PasskeyLine::of(reader, &Models::of(&web).await, held, &[]),
        is_last: person.authenticators.len() == 1,
    }))
}

/// Answers with what is to be signed.
pub(in crate::console) async fn options<S: Backend>(
    State(web): State<Web<S>>,
    Id(authenticator): Id<AuthenticatorId>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Json<Asked>, Problem> {
    let ask = AskRemoval { person: session.person_id(), authenticator };
    let ceremony = web.app.ask_removal(ask).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(ceremony.into()))
}

/// Removes it. Which one is in the signed ticket.
pub(in crate::console) async fn remove<S: Backend>(
    State(web): State<Web<S>>,
    Id(_): Id<AuthenticatorId>,
    Acting { session, input }: Acting<Pressed>,
) -> Result<Json<GoTo>, Problem> {
    let command = RemoveAuthenticator {
        person: session.person_id(),
        ticket: input.ticket,
        assertion: input.credential,
    };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(GoTo::telling(&web, session.person_id(), Done::Removed.at("/me")).await))
}

fn refusal(fault: RemoveAuthenticatorFault) -> Problem {
    match fault {
        RemoveAuthenticatorFault::Ticket(error) => refused::ticket(error),
        RemoveAuthenticatorFault::Signature(_) => Problem::new(Kind::NotSigned),
        RemoveAuthenticatorFault::Refused(refusal) => match refusal {
            AuthenticatorRefusal::Last => Problem::new(Kind::LastPasskey),
            AuthenticatorRefusal::NeedsSignature => Problem::new(Kind::NotSigned),
            AuthenticatorRefusal::Left
            | AuthenticatorRefusal::Unknown
            | AuthenticatorRefusal::AlreadyBound => nothing_here(),
        },
    }
}
