//! Steps 23 and 24: which roots are accepted, and whether one is needed.

use core::fmt;

use super::{Attestation, Format, TpmPolicy};
use crate::ids::Aaguid;
use crate::metadata::KeyIdentifier;
use crate::x509::TrustAnchor;

/// Where accepted roots come from: configuration, or the FIDO Metadata Service.
pub trait TrustAnchors: fmt::Debug + Sync {
    /// The roots that may vouch for this model in this format; empty when there are none.
    ///
    /// The AAGUID is a claim at this point: a root must be listed only for models that it may
    /// vouch for.
    fn for_model(&self, format: Format, aaguid: Aaguid) -> &[TrustAnchor];

    /// The roots that may vouch, in this format, for an authenticator that tells no model and has
    /// this attestation key; none unless overridden.
    fn for_attestation_key(&self, _format: Format, _key: KeyIdentifier) -> &[TrustAnchor] {
        &[]
    }
}

/// The same roots for every model.
impl TrustAnchors for Vec<TrustAnchor> {
    fn for_model(&self, _: Format, _: Aaguid) -> &[TrustAnchor] {
        self
    }

    fn for_attestation_key(&self, _: Format, _: KeyIdentifier) -> &[TrustAnchor] {
        self
    }
}

/// No roots.
#[derive(Debug, Clone, Copy)]
pub struct NoAnchors;

impl TrustAnchors for NoAnchors {
    fn for_model(&self, _: Format, _: Aaguid) -> &[TrustAnchor] {
        &[]
    }
}

/// Whether an attestation is needed. In no case is a statement accepted that does not verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// Anything will do; what was shown is reported.
    Any,
    /// An accepted root must vouch for the authenticator.
    Trusted,
}

/// Which roots are accepted, and whether one is needed.
#[derive(Debug, Clone, Copy)]
pub struct TrustPolicy<'a> {
    /// The accepted roots.
    pub anchors: &'a dyn TrustAnchors,
    /// Whether one must vouch.
    pub requirement: Requirement,
    /// What is accepted of `tpm` statements.
    pub tpm: TpmPolicy<'a>,
}

impl<'a> TrustPolicy<'a> {
    /// Accepts anything and believes nobody.
    pub const NONE: TrustPolicy<'static> =
        TrustPolicy { requirement: Requirement::Any, ..TrustPolicy::trusting(&NoAnchors) };

    /// An accepted root must vouch, and SHA-1 is accepted nowhere.
    pub const fn trusting(anchors: &'a dyn TrustAnchors) -> Self {
        Self { anchors, requirement: Requirement::Trusted, tpm: TpmPolicy::STRICT }
    }

    /// Step 24: whether the attestation is enough.
    pub(crate) fn accepts(&self, attestation: &Attestation) -> bool {
        match self.requirement {
            Requirement::Any => true,
            Requirement::Trusted => attestation.is_trusted(),
        }
    }
}
