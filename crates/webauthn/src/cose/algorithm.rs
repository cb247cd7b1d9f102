//! The algorithms, by their COSE numbers.

use serde::{Serialize, Serializer};

/// A signature algorithm that credentials may use, and its COSE number
/// (<https://www.w3.org/TR/webauthn-3/#typedefdef-cosealgorithmidentifier>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256, -7.
    Es256,
    /// `EdDSA` on Ed25519, -8.
    EdDsa,
    /// ECDSA on P-384 with SHA-384, -35.
    Es384,
    /// ECDSA on P-521 with SHA-512, -36.
    Es512,
    /// RSASSA-PSS with SHA-256 and 2048 to 4096 bits, -37.
    Ps256,
    /// RSASSA-PKCS1-v1_5 with SHA-256 and 2048 to 4096 bits, -257.
    Rs256,
}

impl Algorithm {
    /// What options offer unless told otherwise, best first: ES256, `EdDSA` and RS256, the three
    /// that [WebAuthn §5.4](https://www.w3.org/TR/webauthn-3/#dom-publickeycredentialcreationoptions-pubkeycredparams)
    /// names for relying parties that want a wide range of authenticators.
    ///
    /// ES256 stands first because every authenticator of today that has a choice has it, and its
    /// keys and signatures are small. The others of [`Self::ALL`] are left out because nothing is
    /// known that can sign with one of them and with none of these; who wants ES384 or ES512 for
    /// its strength must offer it first, or alone.
    pub const OFFERED: &'static [Self] = &[Self::Es256, Self::EdDsa, Self::Rs256];

    /// All that can be verified, best first. For checking and for configuration; a registration
    /// is checked against what its options offered, which is [`Self::OFFERED`] by default.
    pub const ALL: &'static [Self] =
        &[Self::Es256, Self::EdDsa, Self::Es384, Self::Es512, Self::Ps256, Self::Rs256];

    /// The number in the IANA COSE registry.
    pub const fn cose_id(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Es384 => -35,
            Self::Es512 => -36,
            Self::Ps256 => -37,
            Self::Rs256 => -257,
        }
    }

    /// The algorithm with this number, when it is one of ours.
    pub fn from_cose_id(id: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.cose_id() == id)
    }
}

/// As its COSE number.
impl Serialize for Algorithm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.cose_id())
    }
}
