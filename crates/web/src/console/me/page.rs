//! `GET /me`: one's own record, passkeys and sessions.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_domain::person::Person;
use firstkey_ports::SessionRow;
use jiff::Timestamp;

use super::PasskeyLine;
use crate::{
    Web,
    console::{
        allowed::nothing_here,
        browser::in_few_words,
        done::Back,
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        models::Models,
        moment::Moment,
        names::Names,
        record::RecordLines,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

struct SessionLine {
    browser: Option<String>,
    began: Moment,
    seen: Moment,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "console/me.html")]
struct MePage {
    reader: Reader,
    frame: Frame,
    record: RecordLines,
    passkeys: Vec<PasskeyLine>,
    may_remove: bool,
    sessions: Vec<SessionLine>,
    signals: String,
}

/// Shows them.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(back): InAddress<Back>,
) -> Result<Response, Problem> {
    let unreadable = |error| failure(Fault::Store(error));
    let (app, now) = (&web.app, web.app.now());
    let id = session.person_id();
    let person = app.peek::<Person>(id).await.map_err(failure)?.ok_or_else(nothing_here)?;
    let signals = app.signals(&person).await.map_err(failure)?;
    let rows = app.store().authenticators(id).await.map_err(unreadable)?;
    let models = Models::of(&web).await;
    let held = person.authenticators.iter();
    let passkeys: Vec<_> = held.map(|each| PasskeyLine::of(reader, &models, each, &rows)).collect();
    let sessions = app.store().sessions(id).await.map_err(unreadable)?;
    let is_live = |row: &&SessionRow| {
        now < row.expires && now.duration_since(row.seen) < app.settings().session_idle
    };
    let sessions = sessions.iter().filter(is_live).map(|row| SessionLine {
        browser: in_few_words(&row.browser),
        began: Moment(row.began),
        seen: Moment(row.seen.max(Timestamp::UNIX_EPOCH)),
        is_this: row.id == session.id,
    });
    let mut names = Names::new(&web, reader.texts);
    Ok(show(&MePage {
        frame: Frame::of(&web, &session, Place::Me, back.done()).await?,
        record: RecordLines::of(reader, &mut names, &session.person).await?,
        may_remove: passkeys.len() > 1,
        passkeys,
        sessions: sessions.collect(),
        // Strings only: writing them cannot fail.
        signals: serde_json::to_string(&signals).unwrap_or_default(),
        reader,
    }))
}
