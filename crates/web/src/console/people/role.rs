//! `POST /people/{id}/roles/options` and `POST /people/{id}/roles`: an administrator grants or revokes
//! a role, signed with a fresh press (rule 1).

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    people::{AskRole, GrantRole, GrantRoleFault},
};
use firstkey_domain::{PersonId, Role, person::RoleRefusal};
use serde::Deserialize;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id},
        press::{Asked, GoTo, Pressed},
        refused,
    },
    fault::problem,
    problem::{Kind, Problem},
};

/// Which role, and whether they are to hold it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::console) struct Input {
    role: Role,
    held: Held,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Held {
    Grant,
    Revoke,
}

/// Answers with what is to be signed.
pub(in crate::console) async fn options<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Acting { session, input }: Acting<Input>,
) -> Result<Json<Asked>, Problem> {
    let ask = AskRole {
        operator: session.person_id(),
        person,
        role: input.role,
        held: input.held == Held::Grant,
    };
    let ceremony = web.app.ask_role(ask).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(ceremony.into()))
}

/// Changes the role. Which one is in the signed ticket.
pub(in crate::console) async fn grant<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Acting { session, input }: Acting<Pressed>,
) -> Result<Json<GoTo>, Problem> {
    let command = GrantRole {
        operator: session.person_id(),
        ticket: input.ticket,
        assertion: input.credential,
    };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(GoTo::to(Done::RoleChanged.at(&format!("/people/{person}")))))
}

fn refusal(fault: GrantRoleFault) -> Problem {
    match fault {
        GrantRoleFault::NotAllowed(_) => nothing_here(),
        GrantRoleFault::Ticket(error) => refused::ticket(error),
        GrantRoleFault::Signature(error) => refused::signature(&error),
        GrantRoleFault::NoSuitableKey => Problem::new(Kind::UnsuitableKeys),
        GrantRoleFault::Refused(refusal) => Problem::new(match refusal {
            RoleRefusal::Left => Kind::HasLeft,
            RoleRefusal::NeedsSignature => Kind::NotSigned,
            RoleRefusal::Oneself => Kind::OwnRole,
            RoleRefusal::Feed => Kind::Forbidden,
        }),
    }
}
