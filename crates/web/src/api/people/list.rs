//! `GET /api/v1/people`: everybody, newest first.

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use firstkey_app::{Backend, Fault};
use firstkey_domain::machine_key::Scope;
use firstkey_policy::Operation;
use firstkey_ports::{PeopleFilter, PersonRow};
use jiff::civil::Date;
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
    summary: "Everybody, newest first.",
    scope: Scope::Read,
    query: &[
        Param {
            name: "search",
            description: "Words of which each begins a name, user name, address or external id.",
            schema: || json!({ "type": "string", "maxLength": 100 }),
        },
        AFTER,
        LIMIT,
    ],
    takes: None,
    gives: Shape::of::<PeoplePage>,
    problems: &[Kind::Cursor],
};

/// The query.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Wanted {
    #[serde(default)]
    search: String,
    after: Option<String>,
    limit: Option<Limit>,
}

/// A page of people.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct PeoplePage {
    people: Vec<PersonJson>,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A person. What was erased is empty.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct PersonJson {
    id: Uuid,
    /// HR's identifier.
    external_id: String,
    given_name: String,
    family_name: String,
    /// Planned, and frozen once an enrollment was opened.
    user_name: String,
    personal_email: String,
    /// Who vouches for them.
    sponsor: Option<Uuid>,
    start_date: Date,
    worker_type: String,
    department: Option<String>,
    groups: BTreeSet<String>,
    /// Whether they belong to the organisation.
    is_active: bool,
    /// How many passkeys they hold.
    passkeys: u32,
    /// Their newest enrollment.
    enrollment: Option<Uuid>,
}

impl From<PersonRow> for PersonJson {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id.uuid(),
            external_id: row.external_id,
            given_name: row.given_name,
            family_name: row.family_name,
            user_name: row.user_name,
            personal_email: row.personal_email,
            sponsor: row.sponsor.map(firstkey_domain::PersonId::uuid),
            start_date: row.start_date,
            worker_type: row.worker_type,
            department: row.department,
            groups: row.groups,
            is_active: row.active,
            passkeys: row.authenticators,
            enrollment: row.enrollment.map(firstkey_domain::EnrollmentId::uuid),
        }
    }
}

/// Lists and finds people.
pub(in crate::api) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, query, .. }: Call<(), Wanted>,
) -> Result<Json<PeoplePage>, Problem> {
    demand(&web, &machine, None, Operation::ViewPeople).await?;
    let search: String = query.search.trim().chars().take(100).collect();
    let filters = [search.as_str()];
    let list = List::new("people", &filters, query.limit);
    let after = list.after(&web.app, query.after.as_deref())?;
    let filter = PeopleFilter { search: search.clone(), sponsor: None };
    let found = web.app.store().people(&filter, after, list.wanted()).await;
    let mut found = found.map_err(|error| failure(Fault::Store(error)))?;
    let next = list.cut(&web.app, &mut found, |person| person.id.uuid());
    Ok(Json(PeoplePage { people: found.into_iter().map(PersonJson::from).collect(), next }))
}
