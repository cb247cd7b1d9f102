//! What came of an attestation.

use super::{Facts, Format};

/// What a registration's attestation showed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attestation {
    /// The format in which it came.
    pub format: Format,
    /// Who vouches for the credential.
    pub kind: AttestationKind,
}

/// Who vouches for a credential (<https://www.w3.org/TR/webauthn-3/#sctn-attestation-types>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttestationKind {
    /// Nobody.
    None,
    /// Its own key: proves possession, and nothing about the authenticator.
    SelfSigned,
    /// A certified attestation key (Basic, `AttCA` or `AnonCA`).
    Certified(Certified),
    /// Whoever the statements say that a compound one is made of; two at least.
    Compound(Vec<Attestation>),
}

/// A statement that verifies under a certificate, and where that certificate leads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certified {
    /// The certificates as sent, in DER, the attestation key's first.
    pub chain: Vec<Vec<u8>>,
    /// Whether they lead to an accepted root.
    pub trust: Trust,
    /// What that proves; empty when they lead to none.
    pub facts: Facts,
}

/// Whether a chain leads to an accepted root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// To this one, in DER.
    Anchored(Vec<u8>),
    /// To none, and why. Nothing that the statement says about the authenticator is proven.
    Unanchored(crate::ChainError),
}

impl Attestation {
    /// Whether an accepted root vouches for the authenticator that has the credential's key.
    ///
    /// For `packed` and `apple` it vouches for the authenticator data as well, AAGUID and flags
    /// included. For `fido-u2f` it does not: nobody signed the flags and the counter. For
    /// `android-key` it vouches for the key alone, since Android makes the authenticator data
    /// outside the key store. Roots that are listed for their models only ([`TrustAnchors`]) make
    /// up for that as far as the AAGUID goes.
    ///
    /// [`TrustAnchors`]: crate::TrustAnchors
    ///
    /// For a compound attestation it is enough that one of the statements has such a root: all of
    /// them verify, and that one alone would have been trusted.
    pub fn is_trusted(&self) -> bool {
        self.certified().any(|certified| matches!(certified.trust, Trust::Anchored(_)))
    }

    /// The certified statements: one or none, or several in a compound attestation.
    pub fn certified(&self) -> impl Iterator<Item = &Certified> {
        let statements = match &self.kind {
            AttestationKind::Compound(statements) => statements,
            _ => core::slice::from_ref(self),
        };
        statements.iter().filter_map(|statement| match &statement.kind {
            AttestationKind::Certified(certified) => Some(certified),
            _ => None,
        })
    }
}
