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
    /// How the device was started, by the hardware's list; `None` where it does not tell.
    pub boot: Option<Boot>,
    /// The month of the last security patch of Android as `YYYYMM`, by the hardware's list.
    pub patch_level: Option<u32>,
}

/// How an Android device was started (`RootOfTrust`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Boot {
    /// Whether the bootloader is locked, so that it starts signed systems only.
    pub locked: bool,
    /// Who signed the system.
    pub state: BootState,
}

/// Who signed the system that was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BootState {
    /// The device's maker.
    Verified,
    /// Somebody whose key the owner installed.
    SelfSigned,
    /// Nobody, or whoever it was did not matter.
    Unverified,
    /// The signature was wrong.
    Failed,
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
