//! What is known of a key once its certificate is believed.

/// Where an Android key lives, as its key store says. Part of
/// [`Facts`](crate::Facts), so only ever there when an accepted root vouches for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AndroidKey {
    /// What made the statement (`attestationSecurityLevel`).
    pub attested_by: SecurityLevel,
    /// What keeps the key (`keyMintSecurityLevel`).
    pub kept_by: SecurityLevel,
    /// Whether the hardware's authorization list says without help from the software's that the
    /// key was generated inside and only signs, and neither level is software. A relying party
    /// that accepts keys from a trusted execution environment only demands this.
    pub hardware_enforced: bool,
}

/// Where something happens on an Android device
/// (<https://source.android.com/docs/security/features/keystore/attestation>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SecurityLevel {
    /// In Android itself.
    Software,
    /// In a trusted execution environment.
    TrustedEnvironment,
    /// In a chip of its own.
    StrongBox,
}

impl SecurityLevel {
    /// Whether Android itself cannot lie about it.
    pub const fn is_hardware(self) -> bool {
        matches!(self, Self::TrustedEnvironment | Self::StrongBox)
    }
}
