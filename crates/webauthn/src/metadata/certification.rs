//! How far a model was certified by the FIDO Alliance.

/// A level of certification, lowest first
/// (<https://fidoalliance.org/specs/mds/fido-metadata-service-v3.1.1-ps-20260105.html#sctn-authnr-stat>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Certification {
    /// `FIDO_CERTIFIED`: works as specified; the forerunner of level 1.
    Functional,
    /// `FIDO_CERTIFIED_L1`
    L1,
    /// `FIDO_CERTIFIED_L1plus`
    L1Plus,
    /// `FIDO_CERTIFIED_L2`
    L2,
    /// `FIDO_CERTIFIED_L2plus`
    L2Plus,
    /// `FIDO_CERTIFIED_L3`
    L3,
    /// `FIDO_CERTIFIED_L3plus`
    L3Plus,
}

impl Certification {
    /// The level that a status names.
    pub(super) fn from_status(name: &str) -> Option<Self> {
        match name {
            "FIDO_CERTIFIED" => Some(Self::Functional),
            "FIDO_CERTIFIED_L1" => Some(Self::L1),
            "FIDO_CERTIFIED_L1plus" => Some(Self::L1Plus),
            "FIDO_CERTIFIED_L2" => Some(Self::L2),
            "FIDO_CERTIFIED_L2plus" => Some(Self::L2Plus),
            "FIDO_CERTIFIED_L3" => Some(Self::L3),
            "FIDO_CERTIFIED_L3plus" => Some(Self::L3Plus),
            _ => None,
        }
    }
}
