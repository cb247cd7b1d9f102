//! `GET /outbox`: what waits to be sent, and what could not be.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_policy::Operation;
use firstkey_ports::{Claimed, Message, NoticeKind, OutboxState};

use crate::{
    Web,
    console::{
        allowed::{demand, may},
        done::Back,
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        moment::Moment,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

struct MessageLine {
    id: String,
    what: String,
    due: Moment,
    tries: u32,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "console/outbox.html")]
struct OutboxPage {
    reader: Reader,
    frame: Frame,
    dead: Vec<MessageLine>,
    waiting: Vec<MessageLine>,
    may_replay: bool,
}

/// How many of each are shown, oldest first.
const SHOWN: u32 = 100;

/// Shows it.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(back): InAddress<Back>,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::ViewOutbox).await?;
    let unreadable = |error| failure(Fault::Store(error));
    let store = web.app.store();
    let dead = store.messages(OutboxState::Dead, SHOWN).await.map_err(unreadable)?;
    let waiting = store.messages(OutboxState::Waiting, SHOWN).await.map_err(unreadable)?;
    let line = |message| line(reader, message);
    Ok(show(&OutboxPage {
        reader,
        frame: Frame::of(&web, &session, Place::Outbox, back.done()).await?,
        dead: dead.into_iter().map(line).collect(),
        waiting: waiting.into_iter().map(line).collect(),
        may_replay: may(&web, &session, None, Operation::ReplayOutbox).await?,
    }))
}

fn line(reader: Reader, message: Claimed) -> MessageLine {
    MessageLine {
        id: message.id.to_string(),
        what: reader.get(what(&message.message)),
        due: Moment(message.due),
        tries: message.tries,
        error: message.last_error,
    }
}

const fn what(message: &Message) -> &'static str {
    match message {
        Message::Invitation { .. } => "console-message-invitation",
        Message::CloseAll { .. } => "console-message-close-all",
        Message::Notice { notice, .. } => match notice {
            NoticeKind::Contested => "console-message-contested",
            NoticeKind::WrongCodes => "console-message-wrong-codes",
            NoticeKind::Bound => "console-message-bound",
            NoticeKind::Vouched => "console-message-vouched",
            NoticeKind::Removed => "console-message-removed",
            NoticeKind::MachineKey => "console-message-machine-key",
            NoticeKind::RecordChanged => "console-message-record-changed",
            NoticeKind::Refused => "console-message-refused",
            NoticeKind::Stopped => "console-message-stopped",
            NoticeKind::Suspended => "console-message-suspended",
            NoticeKind::Unexpected => "console-message-unexpected",
            NoticeKind::Waiting => "console-message-waiting",
        },
    }
}
