//! `GET /waiting`: who waits for whoever looks.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::Backend;

use super::{WaitingRow, waiting_rows};
use crate::{
    Web,
    console::{
        done::Back,
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        fresh::Freshness,
    },
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/waiting.html")]
struct WaitingPage {
    reader: Reader,
    frame: Frame,
    own: Vec<WaitingRow>,
    others: Vec<WaitingRow>,
    state: Freshness,
}

/// Lists who waits.
pub(in crate::console) async fn list<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(back): InAddress<Back>,
) -> Result<Response, Problem> {
    let frame = Frame::of(&web, &session, Place::Waiting, back.done()).await?;
    let (own, others) = waiting_rows(&web, &session, reader).await?;
    let state = freshness(&own, &others);
    Ok(state.clone().tell(show(&WaitingPage { reader, frame, own, others, state })))
}

/// What a list of who waits shows.
pub(in crate::console) fn freshness(own: &[WaitingRow], others: &[WaitingRow]) -> Freshness {
    let shown = |row: &WaitingRow| format!("{} {}", row.id, row.advice.stage);
    Freshness::of(&own.iter().chain(others).map(shown).collect::<Vec<_>>())
}
