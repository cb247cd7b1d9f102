//! `GET /people/new`: the form for somebody who is to join.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, signing_in::Session};
use firstkey_policy::Operation;
use firstkey_ports::JoinerField;

use super::form::{FieldLine, OF_JOINER, Typed, fields};
use crate::{
    Web,
    console::{
        allowed::demand,
        door::SignedIn,
        frame::{Frame, Place},
    },
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/new-joiner.html")]
struct NewPage {
    reader: Reader,
    frame: Frame,
    fields: Vec<FieldLine>,
    reason: String,
    reason_fault: Option<String>,
}

/// What is wrong with what was typed.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) fields: BTreeMap<JoinerField, String>,
    pub(super) reason: Option<String>,
}

/// Shows the empty form.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::AddJoiner).await?;
    form(&web, &session, reader, &Typed::new(), Faults::default()).await
}

/// Shows the form with what was typed, and what is wrong beside it.
pub(super) async fn form<S: Backend>(
    web: &Web<S>,
    session: &Session,
    reader: Reader,
    typed: &Typed,
    faults: Faults,
) -> Result<Response, Problem> {
    Ok(show(&NewPage {
        reader,
        frame: Frame::of(web, session, Place::People, None).await?,
        fields: fields(reader, &OF_JOINER, typed, &faults.fields),
        reason: typed.get("reason").cloned().unwrap_or_default(),
        reason_fault: faults.reason,
    }))
}
