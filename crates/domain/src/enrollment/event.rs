//! What can happen in an enrollment.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{BindingStatement, Device, Kind, Proofing, SetupSecret};
use crate::{
    Actor, AttemptId, AuthenticatorId, Credential, CredentialId, Digest, Event, KeyThumbprint,
    PassId, Permit, PersonId, Private,
    challenge::{Challenge, Signed},
};

/// Why an attempt ended without success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptEnd {
    /// Three wrong match codes.
    WrongCodes,
    /// Five responses that the server rejected.
    FailedCeremonies,
    /// It was open for 24 hours.
    Expired,
    /// The applicant went on with another device.
    Moved,
    /// The invitation was sent again.
    Reinvited,
    /// A voucher did not know the applicant.
    Refused,
    /// Sponsor, address or name changed under it.
    Voided,
}

/// Why a pass ended without success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassEnd {
    /// Its minutes were over.
    Expired,
    /// Policy or a fact it rested on moved.
    Outdated,
}

/// Why an enrollment is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrollmentEnd {
    /// It bound an authenticator.
    Bound,
    /// Its invitation was withdrawn.
    Withdrawn,
    /// It was open too long.
    Expired,
    /// The person left.
    Left,
    /// The data was restored from a backup.
    Restored,
}

/// What can happen in an enrollment. Kinds are versioned and never edited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", deny_unknown_fields)]
pub enum EnrollmentEvent {
    /// It was opened.
    #[serde(rename = "enrollment.opened/1")]
    Opened {
        /// For whom.
        person: PersonId,
        /// What for.
        enrollment: Kind,
        /// When it ends by itself.
        expires: Timestamp,
        /// The reason or ticket that the console demands.
        #[serde(skip)]
        reason: Private<String>,
    },
    /// A locator was sent or scheduled; it replaces the one before.
    #[serde(rename = "enrollment.invited/1")]
    Invited {
        /// Counts locators; only the newest opens anything.
        generation: u32,
        /// From when it may be used, and is sent.
        from: Timestamp,
        /// When the enrollment now ends by itself.
        expires: Timestamp,
        /// The setup link's secret, as a digest, when the locator is one.
        secret: Option<SetupSecret>,
    },
    /// The applicant pressed Begin and their browser made a key.
    #[serde(rename = "enrollment.attempt_begun/1")]
    AttemptBegun {
        /// The attempt.
        attempt: AttemptId,
        /// The browser key.
        key: KeyThumbprint,
        /// What the voucher is shown.
        #[serde(skip)]
        device: Private<Device>,
    },
    /// An attempt ended without success.
    #[serde(rename = "enrollment.attempt_closed/1")]
    AttemptClosed {
        /// The attempt.
        attempt: AttemptId,
        /// Why.
        reason: AttemptEnd,
    },
    /// A voucher typed another code than the applicant's screen showed.
    #[serde(rename = "enrollment.code_mismatched/1")]
    CodeMismatched {
        /// Who typed it.
        voucher: Actor,
    },
    /// The applicant took the address from a voucher's screen into the browser that had begun.
    #[serde(rename = "enrollment.handed_over/1")]
    HandedOver {
        /// The attempt that it upgraded.
        attempt: AttemptId,
        /// From whose screen.
        voucher: PersonId,
    },
    /// A voucher met the applicant and signed for it. Written before vouchers were asked whether they
    /// knew the applicant; read for ever.
    #[serde(rename = "enrollment.proofed/1")]
    ProofedUnasked {
        /// The attempt whose key the applicant held.
        attempt: AttemptId,
        /// The evidence.
        proofing: Proofing,
    },
    /// A voucher met the applicant and signed for it.
    #[serde(rename = "enrollment.proofed/2")]
    Proofed {
        /// The attempt whose key the applicant held.
        attempt: AttemptId,
        /// The evidence.
        proofing: Proofing,
    },
    /// A voucher said that this is not the person; the locator is void.
    #[serde(rename = "enrollment.refused/1")]
    Refused {
        /// Who said so.
        voucher: Actor,
    },
    /// Somebody changed the sponsor, an address or the name; locator, attempts, proofing and passes
    /// are void, and whoever changed it may not vouch (rule 2).
    #[serde(rename = "enrollment.voided/1")]
    Voided {
        /// Who changed it, when it was a person.
        changed_by: Option<PersonId>,
    },
    /// Policy was satisfied and the pass was made.
    #[serde(rename = "enrollment.pass_minted/1")]
    PassMinted {
        /// The attempt that alone can use it.
        attempt: AttemptId,
        /// Its id.
        pass: PassId,
        /// When it ends by itself.
        expires: Timestamp,
        /// The decision.
        permit: Permit,
    },
    /// A pass ended without success.
    #[serde(rename = "enrollment.pass_ended/1")]
    PassEnded {
        /// The attempt.
        attempt: AttemptId,
        /// The pass.
        pass: PassId,
        /// Why.
        reason: PassEnd,
    },
    /// The server rejected what the browser answered.
    #[serde(rename = "enrollment.ceremony_failed/1")]
    CeremonyFailed {
        /// The attempt.
        attempt: AttemptId,
        /// The step that failed, in the words of the specification.
        step: String,
    },
    /// A registration was verified. The credential is not bound to anybody yet.
    #[serde(rename = "enrollment.credential_verified/1")]
    CredentialVerified {
        /// The attempt.
        attempt: AttemptId,
        /// The pass it used.
        pass: PassId,
        /// The credential.
        credential: Credential,
        /// The preimage of the challenge that it answered.
        challenge: Challenge,
    },
    /// Policy does not take what was registered any more: it or what is known of the model moved before
    /// the second press. The credential is nobody's and never will be anybody's.
    #[serde(rename = "enrollment.credential_dropped/1")]
    CredentialDropped {
        /// The attempt.
        attempt: AttemptId,
        /// The credential.
        credential: CredentialId,
        /// The digest of the policy's text.
        policy: Digest,
        /// The rules that refuse it, by name; none when no rule permits it.
        rules: Vec<String>,
    },
    /// The new authenticator signed the binding statement and is bound. The pass is consumed, and
    /// all that was open closes with it.
    #[serde(rename = "enrollment.bound/1")]
    Bound {
        /// The attempt that won.
        attempt: AttemptId,
        /// The pass that it consumed.
        pass: PassId,
        /// The authenticator.
        authenticator: AuthenticatorId,
        /// What the authenticator signed.
        statement: BindingStatement,
        /// Its signature.
        signed: Signed,
        /// The decision.
        permit: Permit,
    },
    /// It ended without binding anything. All that was open closes with it.
    #[serde(rename = "enrollment.closed/1")]
    Closed {
        /// Why.
        reason: EnrollmentEnd,
    },
}

impl EnrollmentEvent {
    /// The proofing that the event records, and of which attempt.
    pub const fn proofing(&self) -> Option<(AttemptId, &Proofing)> {
        match self {
            Self::ProofedUnasked { attempt, proofing } | Self::Proofed { attempt, proofing } => {
                Some((*attempt, proofing))
            }
            _ => None,
        }
    }
}

impl Event for EnrollmentEvent {
    fn confidential(&self) -> Option<Vec<u8>> {
        match self {
            Self::Opened { reason, .. } => reason.to_confidential(),
            Self::AttemptBegun { device, .. } => device.to_confidential(),
            _ => None,
        }
    }

    fn attach(&mut self, confidential: &[u8]) -> Result<(), serde_json::Error> {
        match self {
            Self::Opened { reason, .. } => *reason = Private::from_confidential(confidential)?,
            Self::AttemptBegun { device, .. } => {
                *device = Private::from_confidential(confidential)?;
            }
            _ => {
                return Err(serde::de::Error::custom("this kind has no confidential part"));
            }
        }
        Ok(())
    }
}
