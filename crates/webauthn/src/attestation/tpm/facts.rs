//! What a verified statement says about the TPM and the key in it.

use super::TpmManufacturer;

/// What a TPM says under an AIK's certificate that leads to an accepted root.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TpmFacts {
    /// Who made the TPM.
    pub manufacturer: TpmManufacturer,
    /// The manufacturer's name of the model.
    pub model: String,
    /// The firmware's version, in hexadecimal after `id:`.
    pub version: String,
    /// What can be done with the credential's key.
    pub key: TpmKeyAttributes,
}

/// The attributes of a key that matter here (`TPMA_OBJECT`, `TPM 2.0 part 2 §8.3`).
///
/// WebAuthn demands none of them. A policy that wants device-bound credentials can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TpmKeyAttributes(pub(super) u32);

impl TpmKeyAttributes {
    const FIXED_TPM: u32 = 1 << 1;
    const FIXED_PARENT: u32 = 1 << 4;
    const SENSITIVE_DATA_ORIGIN: u32 = 1 << 5;

    /// `fixedTPM` and `fixedParent`: the key cannot be copied to another TPM, nor under another
    /// parent.
    pub const fn is_bound_to_tpm(self) -> bool {
        let both = Self::FIXED_TPM | Self::FIXED_PARENT;
        self.0 & both == both
    }

    /// `sensitiveDataOrigin`: the TPM made the private part itself.
    pub const fn was_made_by_tpm(self) -> bool {
        self.0 & Self::SENSITIVE_DATA_ORIGIN != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_bound_when_neither_tpm_nor_parent_can_change() {
        // As tpm2_create makes a signing key: fixedtpm|fixedparent|sensitivedataorigin|
        // userwithauth|sign.
        let made_here = TpmKeyAttributes(0x0004_0072);
        assert!(made_here.is_bound_to_tpm() && made_here.was_made_by_tpm());
        let imported = TpmKeyAttributes(0x0004_0040);
        assert!(!imported.is_bound_to_tpm() && !imported.was_made_by_tpm());
        assert!(!TpmKeyAttributes(0x0004_0062).is_bound_to_tpm());
    }
}
