//! `GET /api/v1/enrollments`: who is where, newest first.

use axum::{Json, extract::State};
use firstkey_app::{Backend, Fault};
use firstkey_domain::{PersonId, enrollment::Kind as Purpose, machine_key::Scope};
use firstkey_policy::Operation;
use firstkey_ports::{EnrollmentFilter, EnrollmentRow, Stage};
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
        cursor::{Limit, List},
        doc::{AFTER, Doc, LIMIT, Param, Shape},
    },
    fault::failure,
    problem::{Kind, Problem},
};

pub(in crate::api) const DOC: Doc = Doc {
    summary: "Enrollments, newest first.",
    scope: Scope::Read,
    query: &[
        Param {
            name: "search",
            description: "Words of which each begins their person's name, user name, address or external id.",
            schema: || json!({ "type": "string", "maxLength": 100 }),
        },
        Param {
            name: "stage",
            description: "Only those at this stage.",
            schema: || {
                let names = Stage::ALL.map(Stage::name);
                json!({ "type": "string", "enum": names })
            },
        },
        Param {
            name: "person",
            description: "Only those of this person.",
            schema: || json!({ "type": "string", "format": "uuid" }),
        },
        Param {
            name: "open",
            description: "Only those that are open.",
            schema: || json!({ "type": "boolean", "default": false }),
        },
        AFTER,
        LIMIT,
    ],
    takes: None,
    gives: Shape::of::<EnrollmentsPage>,
    problems: &[Kind::Cursor],
};

/// The query.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Wanted {
    #[serde(default)]
    search: String,
    stage: Option<StageName>,
    person: Option<PersonId>,
    #[serde(default)]
    open: bool,
    after: Option<String>,
    limit: Option<Limit>,
}

/// A stage by its word.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct StageName(Stage);

impl TryFrom<String> for StageName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Stage::from_name(&name).map(Self).ok_or("there is no such stage")
    }
}

/// A page of enrollments.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct EnrollmentsPage {
    enrollments: Vec<EnrollmentJson>,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// An enrollment.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct EnrollmentJson {
    id: Uuid,
    person: Uuid,
    /// `first` or `additional`.
    kind: &'static str,
    /// Where it stands.
    stage: &'static str,
    is_open: bool,
    opened: Timestamp,
    /// When its invitation is to be sent, or was.
    invited_from: Option<Timestamp>,
    /// When it ends by itself, or ended.
    ends: Timestamp,
}

impl From<&EnrollmentRow> for EnrollmentJson {
    fn from(row: &EnrollmentRow) -> Self {
        Self {
            id: row.id.uuid(),
            person: row.person.uuid(),
            kind: match row.kind {
                Purpose::First => "first",
                Purpose::Additional => "additional",
            },
            stage: row.stage.name(),
            is_open: !row.stage.is_closed(),
            opened: row.opened,
            invited_from: row.invited_from,
            ends: row.expires,
        }
    }
}

/// Lists enrollments.
pub(in crate::api) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, query, .. }: Call<(), Wanted>,
) -> Result<Json<EnrollmentsPage>, Problem> {
    demand(&web, &machine, None, Operation::ViewPeople).await?;
    let stage = query.stage.map(|stage| stage.0);
    let person = query.person.map(|person| person.to_string()).unwrap_or_default();
    let open = if query.open { "open" } else { "" };
    let search: String = query.search.trim().chars().take(100).collect();
    let filters = [search.as_str(), stage.map_or("", Stage::name), &person, open];
    let list = List::new("enrollments", &filters, query.limit);
    let after = list.after(&web.app, query.after.as_deref())?;
    let filter =
        EnrollmentFilter { search: search.clone(), stage, person: query.person, open: query.open };
    let found = web.app.store().enrollments(&filter, after, list.wanted()).await;
    let mut found = found.map_err(|error| failure(Fault::Store(error)))?;
    let next = list.cut(&web.app, &mut found, |found| found.enrollment.id.uuid());
    let enrollments = found.iter().map(|found| EnrollmentJson::from(&found.enrollment)).collect();
    Ok(Json(EnrollmentsPage { enrollments, next }))
}
