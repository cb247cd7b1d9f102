//! `GET /api/v1/people/{id}`: one person.

use axum::{
    Extension, Json,
    extract::State,
    response::{IntoResponse, Response},
};
use firstkey_app::{Backend, Fault};
use firstkey_domain::{
    PersonId, Role,
    machine_key::Scope,
    person::{Authenticator, AuthenticatorStanding, Person},
};
use firstkey_policy::Operation;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::list::PersonJson;
use crate::{
    Web,
    api::{
        allowed::{demand, not_allowed},
        call::Call,
        doc::{Doc, Shape},
        etag::Version,
    },
    console::Id,
    fault::failure,
    problem::Problem,
};

pub(in crate::api) const DOC: Doc = Doc {
    summary: "One person, with roles and passkeys.",
    scope: Scope::Read,
    query: &[],
    takes: None,
    gives: Shape::of::<PersonDetails>,
    problems: &[],
};

/// One person.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct PersonDetails {
    person: PersonJson,
    /// Operator roles.
    roles: Vec<String>,
    passkeys: Vec<PasskeyJson>,
}

/// A passkey.
#[derive(Debug, Serialize, ToSchema)]
struct PasskeyJson {
    id: Uuid,
    /// The enrollment that bound it.
    enrollment: Uuid,
    bound: Timestamp,
    /// Whether it may be used.
    is_active: bool,
    /// Whether it can be copied to other devices.
    is_synced: bool,
    /// The model, as it says of itself.
    aaguid: Uuid,
}

impl From<&Authenticator> for PasskeyJson {
    fn from(held: &Authenticator) -> Self {
        Self {
            id: held.id.uuid(),
            enrollment: held.enrollment.uuid(),
            bound: held.bound,
            is_active: held.standing == AuthenticatorStanding::Active,
            is_synced: held.credential.backup_eligible,
            aaguid: held.credential.aaguid,
        }
    }
}

/// Shows somebody.
pub(in crate::api) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Id(id): Id<PersonId>,
    Call { machine, .. }: Call,
) -> Result<Response, Problem> {
    demand(&web, &machine, Some(id), Operation::ViewPerson).await?;
    let person = web.app.peek::<Person>(id).await.map_err(failure)?.ok_or_else(not_allowed)?;
    let row = web.app.store().person(id).await.map_err(|error| failure(Fault::Store(error)))?;
    let details = PersonDetails {
        person: row.ok_or_else(not_allowed)?.into(),
        roles: person.roles.iter().map(|role: &Role| role.name().to_owned()).collect(),
        passkeys: person.authenticators.iter().map(PasskeyJson::from).collect(),
    };
    Ok((Extension(Version(person.version())), Json(details)).into_response())
}
