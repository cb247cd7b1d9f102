//! `GET /api/v1/outbox`: messages that wait and messages that could not be delivered, oldest first.

use axum::{Json, extract::State};
use firstkey_app::{Backend, Fault};
use firstkey_domain::machine_key::Scope;
use firstkey_policy::Operation;
use firstkey_ports::{Claimed, Message, OutboxState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Web,
    api::{
        allowed::demand,
        call::Call,
        doc::{Doc, Param, Shape},
    },
    fault::failure,
    problem::Problem,
};

pub(in crate::api) const DOC: Doc = Doc {
    summary: "Messages that wait, or that could not be delivered, oldest first.",
    scope: Scope::Outbox,
    query: &[Param {
        name: "state",
        description: "Which messages.",
        schema: || json!({ "type": "string", "enum": ["dead", "waiting"], "default": "dead" }),
    }],
    takes: None,
    gives: Shape::of::<Messages>,
    problems: &[],
};

/// The query.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Wanted {
    #[serde(default)]
    state: WhichOnes,
}

/// Which messages.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WhichOnes {
    #[default]
    Dead,
    Waiting,
}

/// How many are shown, oldest first.
const SHOWN: u32 = 200;

/// Messages.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Messages {
    messages: Vec<MessageJson>,
    /// Whether there are more than are shown.
    is_cut: bool,
}

/// A message. To whom it goes and what it says is not told.
#[derive(Debug, Serialize, ToSchema)]
struct MessageJson {
    id: Uuid,
    /// `invitation`, `notice` or `close_all`.
    kind: &'static str,
    due: Timestamp,
    tries: u32,
    /// What went wrong the last time.
    error: Option<String>,
}

impl From<Claimed> for MessageJson {
    fn from(claimed: Claimed) -> Self {
        Self {
            id: claimed.id,
            kind: match claimed.message {
                Message::Invitation { .. } => "invitation",
                Message::Notice { .. } => "notice",
                Message::CloseAll { .. } => "close_all",
            },
            due: claimed.due,
            tries: claimed.tries,
            error: claimed.last_error,
        }
    }
}

/// Lists them.
pub(in crate::api) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, query, .. }: Call<(), Wanted>,
) -> Result<Json<Messages>, Problem> {
    demand(&web, &machine, None, Operation::ViewOutbox).await?;
    let state = match query.state {
        WhichOnes::Dead => OutboxState::Dead,
        WhichOnes::Waiting => OutboxState::Waiting,
    };
    let found = web.app.store().messages(state, SHOWN + 1).await;
    let mut found = found.map_err(|error| failure(Fault::Store(error)))?;
    let is_cut = found.len() > SHOWN as usize;
    found.truncate(SHOWN as usize);
    Ok(Json(Messages { messages: found.into_iter().map(MessageJson::from).collect(), is_cut }))
}
