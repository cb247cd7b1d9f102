//! What can happen to a person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ErasedPart, Field, Profile, Record, RecordSignature, Tombstones};
use crate::{
    AuthenticatorId, Credential, Digest, EnrollmentId, Event, Private, Role, challenge::Signed,
};

/// What can happen to a person. Kinds are versioned and never edited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", deny_unknown_fields)]
pub enum PersonEvent {
    /// HR or an operator told us of them.
    #[serde(rename = "person.joined/1")]
    Joined {
        /// What policy may read.
        profile: Profile,
        /// The signature of whoever added them in the console.
        signed: Option<RecordSignature>,
        /// Personal data.
        #[serde(skip)]
        record: Private<Record>,
        /// The blind of what was signed, so that its digest tells nobody whether they guessed the
        /// record right. It goes where the record goes.
        #[serde(skip)]
        blind: Private<Digest>,
    },
    /// Something HR knows of them changed.
    #[serde(rename = "person.changed/1")]
    Changed {
        /// What policy may read, as it is now.
        profile: Profile,
        /// Which parts differ from before.
        changed: BTreeSet<Field>,
        /// Always absent: what an operator changes is [`Self::Corrected`].
        signed: Option<Signed>,
        /// Personal data, as it is now.
        #[serde(skip)]
        record: Private<Record>,
    },
    /// An operator corrected what is known of them in the console.
    #[serde(rename = "person.corrected/1")]
    Corrected {
        /// What policy may read, as it is now.
        profile: Profile,
        /// Which parts differ from before.
        changed: BTreeSet<Field>,
        /// The signature of whoever corrected it.
        signature: RecordSignature,
        /// Personal data, as it is now.
        #[serde(skip)]
        record: Private<Record>,
        /// Why, in the operator's words.
        #[serde(skip)]
        reason: Private<String>,
        /// The blind of what was signed, as for somebody who joined.
        #[serde(skip)]
        blind: Private<Digest>,
    },
    /// They left the organisation. Nothing waits for what follows from it.
    #[serde(rename = "person.left/1")]
    Left,
    /// What is known of them was erased: the confidential parts of the events that are named are gone,
    /// and an absence that no such event names is tampering (rule 18).
    #[serde(rename = "person.erased/1")]
    Erased {
        /// Why, in the operator's words, which name nobody.
        reason: String,
        /// Whose confidential parts are gone.
        parts: Vec<ErasedPart>,
        /// What stays taken.
        tombstones: Tombstones,
    },
    /// An enrollment was opened for them, which freezes the user name.
    #[serde(rename = "person.enrollment_opened/1")]
    EnrollmentOpened {
        /// The enrollment.
        enrollment: EnrollmentId,
    },
    /// They were given an operator role.
    #[serde(rename = "person.role_granted/1")]
    RoleGranted {
        /// The role.
        role: Role,
        /// The signature of whoever granted it in the console.
        signed: Option<Signed>,
    },
    /// An operator role was taken from them.
    #[serde(rename = "person.role_revoked/1")]
    RoleRevoked {
        /// The role.
        role: Role,
        /// The signature of whoever revoked it in the console.
        signed: Option<Signed>,
    },
    /// An enrollment bound an authenticator to them.
    #[serde(rename = "person.authenticator_bound/1")]
    AuthenticatorBound {
        /// The authenticator.
        authenticator: AuthenticatorId,
        /// Its credential.
        credential: Credential,
        /// The enrollment that bound it.
        enrollment: EnrollmentId,
    },
    /// They named an authenticator.
    #[serde(rename = "person.authenticator_named/1")]
    AuthenticatorNamed {
        /// The authenticator.
        authenticator: AuthenticatorId,
        /// Its name; people put their own names in it.
        #[serde(skip)]
        name: Private<String>,
    },
    /// Somebody reported that an act with it was not theirs.
    #[serde(rename = "person.authenticator_suspended/1")]
    AuthenticatorSuspended {
        /// The authenticator.
        authenticator: AuthenticatorId,
    },
    /// Somebody stopped it in the console, because it was lost or stolen.
    #[serde(rename = "person.authenticator_stopped/1")]
    AuthenticatorStopped {
        /// The authenticator.
        authenticator: AuthenticatorId,
        /// The signature of whoever stopped it.
        signed: Signed,
    },
    /// They removed an authenticator.
    #[serde(rename = "person.authenticator_removed/1")]
    AuthenticatorRemoved {
        /// The authenticator.
        authenticator: AuthenticatorId,
        /// Their signature, with any of their authenticators.
        signed: Signed,
    },
    /// They ended all their sessions. No sign-in that was begun before counts.
    #[serde(rename = "person.signed_out_everywhere/1")]
    SignedOutEverywhere,
}

/// The confidential part of somebody's joining.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JoinedPart {
    record: Private<Record>,
    blind: Private<Digest>,
}

impl JoinedPart {
    fn to_confidential(record: &Private<Record>, blind: &Private<Digest>) -> Option<Vec<u8>> {
        if record.is_erased() {
            return None;
        }
        // As for private data alone: this cannot fail.
        serde_json::to_vec(&Self { record: record.clone(), blind: blind.clone() }).ok()
    }
}

/// The confidential part of a correction.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectedPart {
    record: Private<Record>,
    reason: Private<String>,
    blind: Private<Digest>,
}

impl CorrectedPart {
    fn to_confidential(
        record: &Private<Record>,
        reason: &Private<String>,
        blind: &Private<Digest>,
    ) -> Option<Vec<u8>> {
        if record.is_erased() {
            return None;
        }
        let part = Self { record: record.clone(), reason: reason.clone(), blind: blind.clone() };
        // As for private data alone: this cannot fail.
        serde_json::to_vec(&part).ok()
    }
}

/// A part that is there holds the record: only the whole part is ever taken away.
fn holds(record: &Private<Record>) -> Result<(), serde_json::Error> {
    if record.is_erased() {
        return Err(serde::de::Error::custom("the record is missing"));
    }
    Ok(())
}

impl Event for PersonEvent {
    fn confidential(&self) -> Option<Vec<u8>> {
        match self {
            Self::Joined { record, blind, .. } => JoinedPart::to_confidential(record, blind),
            Self::Changed { record, .. } => record.to_confidential(),
            Self::Corrected { record, reason, blind, .. } => {
                CorrectedPart::to_confidential(record, reason, blind)
            }
            Self::AuthenticatorNamed { name, .. } => name.to_confidential(),
            _ => None,
        }
    }

    fn attach(&mut self, confidential: &[u8]) -> Result<(), serde_json::Error> {
        match self {
            Self::Joined { record, blind, .. } => {
                let part: JoinedPart = serde_json::from_slice(confidential)?;
                holds(&part.record)?;
                (*record, *blind) = (part.record, part.blind);
            }
            Self::Changed { record, .. } => *record = Private::from_confidential(confidential)?,
            Self::Corrected { record, reason, blind, .. } => {
                let part: CorrectedPart = serde_json::from_slice(confidential)?;
                holds(&part.record)?;
                (*record, *reason, *blind) = (part.record, part.reason, part.blind);
            }
            Self::AuthenticatorNamed { name, .. } => {
                *name = Private::from_confidential(confidential)?;
            }
            _ => {
                return Err(serde::de::Error::custom("this kind has no confidential part"));
            }
        }
        Ok(())
    }
}
