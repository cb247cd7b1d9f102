//! Registering a machine key.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{MachineKey, MachineKeyEvent, Scope};
use crate::{
    Actor, KeyThumbprint, PersonId,
    challenge::{Purpose, Signed, Statement},
};

/// The longest time for which a machine key is registered: a year and some weeks, so that one that is
/// replaced every year overlaps with the one before.
pub const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(400 * 24);

/// The most characters of a machine key's name.
pub const LONGEST_NAME: usize = 60;

/// What somebody signs who registers a machine key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The key.
    pub key: KeyThumbprint,
    /// Who answers for it. It may never do what they may not.
    pub owner: PersonId,
    /// The program that holds it. It stays in the log, so it names a system and nobody.
    pub name: String,
    /// What it is for.
    pub scopes: BTreeSet<Scope>,
    /// When it ends by itself.
    pub ends: Timestamp,
}

impl Statement for Grant {
    const TAG: &'static str = "firstkey machine key/1";
}

impl Grant {
    /// Whether a key may be registered like this.
    pub fn check(&self, now: Timestamp) -> Result<(), RegisterRefusal> {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || " ._-".contains(letter);
        let is_name = (1..=LONGEST_NAME).contains(&self.name.len())
            && self.name.chars().all(is_plain)
            && self.name.trim() == self.name;
        if !is_name {
            return Err(RegisterRefusal::Name);
        }
        if self.scopes.is_empty() {
            return Err(RegisterRefusal::NoScope);
        }
        let latest = now.saturating_add(LONGEST_LIFE).unwrap_or(Timestamp::MAX);
        if self.ends <= now || self.ends > latest {
            return Err(RegisterRefusal::End);
        }
        Ok(())
    }
}

/// Why a machine key was not registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegisterRefusal {
    /// It is or was registered. A key that was ended never comes back.
    #[error("this key was registered before; make a new one with `firstkey api key`")]
    Known,
    /// Rule 1: altering a trust path needs a fresh signature, by whoever answers for the key.
    #[error("the owner of a machine key signs for it with their passkey")]
    NeedsSignature,
    /// Its name cannot be shown well, or is no name.
    #[error("name the program in at most 60 letters, digits, spaces, dots, - and _")]
    Name,
    /// It would be for nothing.
    #[error("choose what the key is for")]
    NoScope,
    /// It would have ended, or would last too long.
    #[error("a machine key ends after at most 400 days")]
    End,
}

impl MachineKey {
    /// Registers a key for which its owner signed.
    pub fn register(
        current: Option<&Self>,
        grant: Grant,
        by: &Actor,
        signed: Signed,
        now: Timestamp,
    ) -> Result<Vec<MachineKeyEvent>, RegisterRefusal> {
        if current.is_some() {
            return Err(RegisterRefusal::Known);
        }
        grant.check(now)?;
        let is_owner = by.person() == Some(grant.owner);
        if !is_owner || !signed.is_over(Purpose::Act, grant.digest()) {
            return Err(RegisterRefusal::NeedsSignature);
        }
        Ok(vec![MachineKeyEvent::Registered { grant, signed }])
    }
}
