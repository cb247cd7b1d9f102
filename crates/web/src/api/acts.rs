//! `POST /api/v1/acts`: prepares an act that somebody signs in the console, such as granting a role. The
//! answer is the address of the page that shows it.

use axum::{extract::State, response::Response};
use firstkey_app::{
    Backend,
    machines::{Act, PrepareAct, PrepareActFault, Prepared},
};
use firstkey_domain::{
    AuthenticatorId, PersonId, Role,
    machine_key::Scope,
    person::{RoleStatement, StopStatement},
};
use firstkey_policy::Operation;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    allowed::{demand, not_allowed},
    answer::{refusal, respond, write},
    call::Call,
    doc::{Doc, Shape},
};
use crate::{
    Web,
    problem::{Kind, Problem},
};

pub(super) const DOC: Doc = Doc {
    summary: "Prepares an act that somebody signs in the console. Nothing happens before.",
    scope: Scope::Prepare,
    query: &[],
    takes: Some(Shape::of::<Preparing>),
    gives: Shape::of::<PreparedJson>,
    problems: &[Kind::IdempotencyKey, Kind::OtherRequest],
};

/// An act to be prepared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Preparing {
    /// Somebody is to be given a role.
    GrantRole {
        /// Who.
        person: Uuid,
        /// Which.
        role: RoleName,
    },
    /// A role is to be taken from somebody.
    RevokeRole {
        /// From whom.
        person: Uuid,
        /// Which.
        role: RoleName,
    },
    /// A passkey was lost or stolen, and is to open nothing any more.
    StopPasskey {
        /// Whose.
        person: Uuid,
        /// Which.
        passkey: Uuid,
    },
}

/// An operator role.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RoleName {
    Administrator,
    Officer,
    Approver,
    Auditor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Administrator => Self::Administrator,
            RoleName::Officer => Self::Officer,
            RoleName::Approver => Self::Approver,
            RoleName::Auditor => Self::Auditor,
        }
    }
}

impl From<Preparing> for Act {
    fn from(preparing: Preparing) -> Self {
        let role = |person, role: RoleName, held| {
            Self::Role(RoleStatement {
                person: PersonId::from_uuid(person),
                role: role.into(),
                held,
            })
        };
        match preparing {
            Preparing::GrantRole { person, role: name } => role(person, name, true),
            Preparing::RevokeRole { person, role: name } => role(person, name, false),
            Preparing::StopPasskey { person, passkey } => Self::Stop(StopStatement {
                person: PersonId::from_uuid(person),
                authenticator: AuthenticatorId::from_uuid(passkey),
            }),
        }
    }
}

/// A prepared act.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PreparedJson {
    /// Its id in the log.
    id: Uuid,
    /// The page on which it is signed.
    sign_at: String,
    /// Until when it can be signed.
    ends: Timestamp,
}

/// Prepares it.
pub(super) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, body, asked, .. }: Call<Preparing>,
) -> Result<Response, Problem> {
    let act = Act::from(body);
    // Asked first: what was answered before is for nobody who may no more.
    demand(&web, &machine, Some(act.person()), Operation::PrepareAct).await?;
    let prepare = PrepareAct { machine, act };
    let console = web.console.as_str();
    let json = |prepared: &Prepared| PreparedJson {
        id: prepared.id,
        sign_at: format!("{console}/acts/{}", prepared.sealed),
        ends: prepared.ends,
    };
    let done = web.app.run_once(&prepare, asked, |prepared| write(&json(prepared))).await;
    let refused = |PrepareActFault::NotAllowed(_)| not_allowed();
    Ok(respond(done.map_err(|fault| refusal(fault, refused))?))
}
