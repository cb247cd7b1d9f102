//! What an assertion signs (rule 13).
//!
//! A WebAuthn challenge here is never random alone: it is a digest over a purpose, the digest of
//! the statement that is signed, and a nonce. The preimage is logged by the commit that finishes
//! the ceremony, so anyone can later see that a sign-in was not an approval.

use serde::{Deserialize, Serialize};

use crate::{AuthenticatorId, Digest, RawAssertion};

/// What a person meant by pressing their authenticator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Signing in; the context is the digest of nothing.
    SignIn,
    /// Vouching for an applicant; the context is an approval statement.
    Approval,
    /// Registering; the context is the digest of the attempt and its pass.
    Registration,
    /// Binding one's new authenticator; the context is a binding statement.
    Binding,
    /// An act that alters a trust path; the context is an act statement.
    Act,
}

impl Purpose {
    const fn tag(self) -> &'static str {
        match self {
            Self::SignIn => "firstkey sign-in challenge/1",
            Self::Approval => "firstkey approval challenge/1",
            Self::Registration => "firstkey registration challenge/1",
            Self::Binding => "firstkey binding challenge/1",
            Self::Act => "firstkey act challenge/1",
        }
    }
}

/// The preimage of a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    /// What the signature is for.
    pub purpose: Purpose,
    /// The digest of the statement that is signed.
    pub context: Digest,
    /// 256 random bits, so that no two ceremonies share a challenge (SP 800-63B-4 §3.1.6.2 asks 64).
    pub nonce: Digest,
}

impl Challenge {
    /// The 32 bytes that go to the browser.
    pub fn digest(&self) -> Digest {
        Digest::of_parts(self.purpose.tag(), &[self.context.as_bytes(), self.nonce.as_bytes()])
    }
}

/// A statement signed by a bound authenticator. The edge verified the assertion against the key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The preimage of the challenge that was signed.
    pub challenge: Challenge,
    /// The authenticator that signed.
    pub authenticator: AuthenticatorId,
    /// The evidence.
    pub assertion: RawAssertion,
}

impl Signed {
    /// Whether this is a signature for that purpose over the statement with that digest.
    pub fn is_over(&self, purpose: Purpose, context: Digest) -> bool {
        self.challenge.purpose == purpose && self.challenge.context == context
    }
}

/// Something that a person signs: its digest is the context of a challenge.
pub trait Statement: Serialize {
    /// The tag that keeps one kind of statement from standing in for another.
    const TAG: &'static str;

    /// The digest of the statement's JSON, whose field order is the declaration's.
    fn digest(&self) -> Digest {
        // Statements are plain structs of strings and numbers; serialising them into memory
        // cannot fail, and an empty part would match no statement ever shown.
        let json = serde_json::to_vec(self).unwrap_or_default();
        Digest::of_parts(Self::TAG, &[&json])
    }
}
