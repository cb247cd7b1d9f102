//! `GET /people/{id}/record`: the form with which somebody's record is corrected.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, signing_in::Session};
use firstkey_domain::PersonId;
use firstkey_policy::Operation;

use super::check::{Known, OF_RECORD};
use crate::{
    Web,
    console::{
        allowed::demand,
        door::{Id, SignedIn},
        frame::{Frame, Place},
        names::Names,
        people::{
            form::{FieldLine, Typed, fields},
            new::Faults,
        },
    },
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/correct-record.html")]
struct CorrectPage {
    reader: Reader,
    frame: Frame,
    id: String,
    name: String,
    fields: Vec<FieldLine>,
    reason: String,
    reason_fault: Option<String>,
    /// Nothing that was typed differs from what is known.
    is_same: bool,
}

/// Shows the form with the record as it stands.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    Id(id): Id<PersonId>,
    reader: Reader,
) -> Result<Response, Problem> {
    demand(&web, &session, Some(id), Operation::ChangePerson).await?;
    let known = Known::of(&web, id).await?;
    form(&web, &session, reader, &known, &known.typed, Faults::default(), false).await
}

/// Shows the form with what was typed, and what is wrong beside it.
pub(super) async fn form<S: Backend>(
    web: &Web<S>,
    session: &Session,
    reader: Reader,
    known: &Known,
    typed: &Typed,
    faults: Faults,
    is_same: bool,
) -> Result<Response, Problem> {
    let id = known.person.id;
    Ok(show(&CorrectPage {
        reader,
        frame: Frame::of(web, session, Place::People, None).await?,
        id: id.to_string(),
        name: Names::new(web, reader.texts).of(id).await?,
        fields: fields(reader, &OF_RECORD, typed, &faults.fields),
        reason: typed.get("reason").cloned().unwrap_or_default(),
        reason_fault: faults.reason,
        is_same,
    }))
}
