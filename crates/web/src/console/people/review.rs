//! `POST /people`: what was typed for a joiner, shown once more before it is signed. Nothing is recorded.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use firstkey_app::Backend;
use firstkey_policy::Operation;

use super::{
    check::{Checked, SPONSOR_SHOWN, check},
    form::{FieldLine, OF_JOINER, Typed, fields},
    new::{Faults, form},
};
use crate::{
    Web,
    console::{
        allowed::demand,
        door::Acting,
        frame::{Frame, Place},
        names::Names,
    },
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/review-joiner.html")]
struct ReviewPage {
    reader: Reader,
    frame: Frame,
    name: String,
    /// What goes along when it is signed, and back when it is changed.
    fields: Vec<FieldLine>,
    /// Who the sponsor is whom the page names: the field's name, and its value.
    sponsor_shown: (&'static str, String),
    reason: String,
    lines: Vec<(String, String)>,
}

/// Shows it. What is wrong is said beside its field, and nothing that was typed is lost.
pub(in crate::console) async fn review<S: Backend>(
    State(web): State<Web<S>>,
    reader: Reader,
    Acting { session, input: typed }: Acting<Typed>,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::AddJoiner).await?;
    if typed.contains_key("change") {
        return form(&web, &session, reader, &typed, Faults::default()).await;
    }
    let checked = match check(&web, reader, &typed).await? {
        Ok(checked) => checked,
        Err(faults) => {
            let page = form(&web, &session, reader, &typed, faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let sponsor_shown = (SPONSOR_SHOWN, checked.sponsor_shown());
    let Checked { joiner, sponsor, reason } = checked;
    let mut names = Names::new(&web, reader.texts);
    let sponsor = match sponsor {
        Some(sponsor) => names.of(sponsor).await?,
        None => reader.get("console-record-no-sponsor"),
    };
    let fields = fields(reader, &OF_JOINER, &typed, &Faults::default().fields);
    let shown = fields.iter().map(|field| {
        let value = if field.name == "sponsor" { &sponsor } else { &field.value };
        (field.label.clone(), value.clone())
    });
    let shown = shown.chain([(reader.get("console-reason"), reason.clone())]);
    Ok(show(&ReviewPage {
        reader,
        frame: Frame::of(&web, &session, Place::People, None).await?,
        name: format!("{} {}", joiner.given_name, joiner.family_name).trim().to_owned(),
        lines: shown.filter(|(_, value)| !value.is_empty()).collect(),
        fields,
        sponsor_shown,
        reason,
    }))
}
