//! `GET /waiting`: who waits for whoever looks.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::Backend;
use serde::Deserialize;

use super::{WaitingRow, WaitingRows, waiting_rows};
use crate::{
    Web,
    console::{
        done::Back,
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        fresh::Freshness,
        paging::WaitingFrom,
    },
    page::{Reader, show},
    problem::Problem,
};

/// The address.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Address {
    #[serde(default)]
    after: WaitingFrom,
}

#[derive(Template)]
#[template(path = "console/waiting.html")]
struct WaitingPage {
    reader: Reader,
    frame: Frame,
    own: Vec<WaitingRow>,
    next: Option<String>,
    is_first: bool,
    others: Vec<WaitingRow>,
    state: Freshness,
}

/// Lists who waits.
pub(in crate::console) async fn list<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(back): InAddress<Back>,
    InAddress(address): InAddress<Address>,
) -> Result<Response, Problem> {
    let frame = Frame::of(&web, &session, Place::Waiting, back.done()).await?;
    let WaitingRows { own, next, others } =
        waiting_rows(&web, &session, reader, address.after).await?;
    let state = freshness(&own, &others);
    let is_first = address.after.0.is_none();
    let page = WaitingPage { reader, frame, own, next, is_first, others, state: state.clone() };
    Ok(state.tell(show(&page)))
}

/// What a list of who waits shows.
pub(in crate::console) fn freshness(own: &[WaitingRow], others: &[WaitingRow]) -> Freshness {
    let shown = |row: &WaitingRow| format!("{} {}", row.id, row.advice.stage);
    Freshness::of(&own.iter().chain(others).map(shown).collect::<Vec<_>>())
}
