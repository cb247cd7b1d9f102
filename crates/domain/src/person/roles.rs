//! Granting and revoking operator roles (rule 1).

use serde::{Deserialize, Serialize};

use super::{Person, PersonEvent};
use crate::{
    Actor, PersonId, Role,
    challenge::{Purpose, Signed, Statement},
};

/// What an administrator signs when granting or revoking a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleStatement {
    /// Whose role.
    pub person: PersonId,
    /// Which role.
    pub role: Role,
    /// Whether they are to hold it.
    pub held: bool,
}

impl Statement for RoleStatement {
    const TAG: &'static str = "firstkey role/1";
}

/// Why a role was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RoleRefusal {
    /// Nobody who left holds a role.
    #[error("the person has left")]
    Left,
    /// Rule 1: altering a trust path needs a fresh signature.
    #[error("sign this change of role with your passkey")]
    NeedsSignature,
    /// Nobody raises themselves.
    #[error("nobody grants a role to themselves; ask another administrator")]
    Oneself,
    /// Rule 1: feeds never set roles.
    #[error("roles come from the console or the command line, never from a feed")]
    Feed,
}

impl Person {
    /// Grants or revokes a role. No events when nothing differs.
    pub fn set_role(
        &self,
        role: Role,
        held: bool,
        by: &Actor,
        signed: Option<Signed>,
    ) -> Result<Vec<PersonEvent>, RoleRefusal> {
        if !self.is_active() && held {
            return Err(RoleRefusal::Left);
        }
        match by {
            Actor::Host(_) => {}
            Actor::Person(actor) => {
                if held && *actor == self.id {
                    return Err(RoleRefusal::Oneself);
                }
                let digest = RoleStatement { person: self.id, role, held }.digest();
                if !signed.as_ref().is_some_and(|signed| signed.is_over(Purpose::Act, digest)) {
                    return Err(RoleRefusal::NeedsSignature);
                }
            }
            Actor::Source(_) | Actor::Machine { .. } | Actor::Applicant(_) | Actor::Clock => {
                return Err(RoleRefusal::Feed);
            }
        }
        if self.roles.contains(&role) == held {
            return Ok(Vec::new());
        }
        Ok(vec![if held {
            PersonEvent::RoleGranted { role, signed }
        } else {
            PersonEvent::RoleRevoked { role, signed }
        }])
    }
}
