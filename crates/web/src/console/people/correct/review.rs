//! `POST /people/{id}/record`: what would differ, shown once more before it is signed. Nothing is
//! recorded.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use firstkey_app::Backend;
use firstkey_domain::PersonId;
use firstkey_policy::Operation;
use firstkey_ports::JoinerField;

use super::{
    check::{Corrected, Known, OF_RECORD, VERSION_SHOWN},
    page::form,
};
use crate::{
    Web,
    console::{
        allowed::demand,
        door::{Acting, Id},
        frame::{Frame, Place},
        names::Names,
        people::{
            check::SPONSOR_SHOWN,
            form::{FieldLine, Typed, fields},
            new::Faults,
        },
    },
    page::{Reader, show},
    problem::Problem,
};

/// A field that differs.
struct Difference {
    label: String,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "console/review-correction.html")]
struct ReviewPage {
    reader: Reader,
    frame: Frame,
    id: String,
    name: String,
    /// What goes along when it is signed, and back when it is changed.
    fields: Vec<FieldLine>,
    /// What the page shows, by the names of fields that nobody types into.
    shown: [(&'static str, String); 2],
    reason: String,
    differences: Vec<Difference>,
    /// Whether it alters whom we trust, so that what was begun is void.
    voids: bool,
}

/// Shows it. What is wrong is said beside its field, and nothing that was typed is lost.
pub(in crate::console) async fn review<S: Backend>(
    State(web): State<Web<S>>,
    Id(id): Id<PersonId>,
    reader: Reader,
    Acting { session, input: typed }: Acting<Typed>,
) -> Result<Response, Problem> {
    demand(&web, &session, Some(id), Operation::ChangePerson).await?;
    let known = Known::of(&web, id).await?;
    if typed.contains_key("change") {
        return form(&web, &session, reader, &known, &typed, Faults::default(), false).await;
    }
    let differing = known.differing(&typed);
    let checked = known.check(&web, reader, &typed).await?;
    let corrected = match checked {
        Ok(corrected) if !differing.is_empty() => corrected,
        unfit => {
            let is_same = differing.is_empty();
            let faults = unfit.err().unwrap_or_default();
            let page = form(&web, &session, reader, &known, &typed, faults, is_same).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let Corrected { sponsor, reason, .. } = corrected;
    let mut names = Names::new(&web, reader.texts);
    let mut differences = Vec::new();
    for field in fields(reader, &differing, &typed, &Faults::default().fields) {
        let is_sponsor = field.name == JoinerField::Sponsor.name();
        let [before, after] = if is_sponsor {
            let mut named = Vec::new();
            for sponsor in [known.person.profile.sponsor, sponsor] {
                named.push(match sponsor {
                    Some(sponsor) => names.of(sponsor).await?,
                    None => reader.get("console-record-no-sponsor"),
                });
            }
            [named.remove(0), named.remove(0)]
        } else {
            let empty = || reader.get("console-correct-empty");
            let said = |text: Option<&String>| {
                text.filter(|text| !text.trim().is_empty()).cloned().unwrap_or_else(empty)
            };
            [said(known.typed.get(field.name)), said(Some(&field.value))]
        };
        differences.push(Difference { label: field.label, before, after });
    }
    Ok(show(&ReviewPage {
        reader,
        frame: Frame::of(&web, &session, Place::People, None).await?,
        id: id.to_string(),
        name: names.of(id).await?,
        fields: fields(reader, &OF_RECORD, &typed, &Faults::default().fields),
        shown: [
            (SPONSOR_SHOWN, sponsor.map(|sponsor| sponsor.to_string()).unwrap_or_default()),
            (VERSION_SHOWN, known.version.to_string()),
        ],
        reason,
        differences,
        voids: differing.into_iter().any(alters_trust),
    }))
}

const fn alters_trust(field: JoinerField) -> bool {
    matches!(
        field,
        JoinerField::GivenName
            | JoinerField::FamilyName
            | JoinerField::PersonalEmail
            | JoinerField::Mobile
            | JoinerField::Sponsor
    )
}
