//! `GET /`: what matters now to whoever signed in.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_domain::person::Person;
use firstkey_ports::Tally;

use super::waiting::{WaitingRow, WaitingRows, waiting_rows};
use crate::{
    Web,
    console::{
        allowed::nothing_here,
        door::SignedIn,
        frame::{Frame, Place},
        fresh::Freshness,
        paging::WaitingFrom,
        waiting::list::freshness,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/start.html")]
struct StartPage {
    reader: Reader,
    frame: Frame,
    given_name: String,
    own: Vec<WaitingRow>,
    has_more: bool,
    others: Vec<WaitingRow>,
    /// How many passkeys they hold.
    passkeys: u32,
    /// For those who see everybody: how many enrollments are open, and whether an alarm rings.
    open: Option<(i64, bool)>,
    state: Freshness,
    /// What this device may be told of their passkeys.
    signals: String,
}

/// Shows who waits, and whether one passkey is all they have.
pub(super) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
) -> Result<Response, Problem> {
    let frame = Frame::of(&web, &session, Place::Start, None).await?;
    let from_the_first = WaitingFrom::default();
    let WaitingRows { own, next, others } =
        waiting_rows(&web, &session, reader, from_the_first).await?;
    let open = if frame.places.contains(&Place::Overview) {
        let tallies = web.app.store().tallies().await;
        let tallies = tallies.map_err(|error| failure(Fault::Store(error)))?;
        let of = |wanted| tallies.iter().find(|(tally, _)| *tally == wanted).map_or(0, |it| it.1);
        let rings = Tally::MUST_BE_ZERO.into_iter().any(|tally| of(tally) != 0);
        Some((of(Tally::OpenEnrollments), rings))
    } else {
        None
    };
    let state = freshness(&own, &others);
    let person = web.app.peek::<Person>(session.person_id()).await.map_err(failure)?;
    let person = person.ok_or_else(nothing_here)?;
    let signals = web.app.signals(&person).await.map_err(failure)?;
    let page = StartPage {
        reader,
        frame,
        given_name: session.person.given_name.clone(),
        own,
        has_more: next.is_some(),
        others,
        passkeys: session.person.authenticators,
        open,
        state: state.clone(),
        // Strings only: writing them cannot fail.
        signals: serde_json::to_string(&signals).unwrap_or_default(),
    };
    Ok(state.tell(show(&page)))
}
