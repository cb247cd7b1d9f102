//! Names of attestation keys, for models that have no AAGUID.

use core::fmt;

use crate::x509::{Certificate, Hash};

/// The SHA-1 hash of an attestation certificate's public key (`RFC 5280 §4.2.1.2`, method 1). It
/// names a key and proves nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyIdentifier([u8; 20]);

impl KeyIdentifier {
    /// Wraps the 20 bytes.
    pub const fn new(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// Reads 40 hexadecimal digits.
    pub fn from_text(text: &str) -> Option<Self> {
        crate::ids::from_hex(text.as_bytes()).map(Self)
    }

    /// The one of this certificate's key.
    pub(crate) fn of(certificate: &Certificate) -> Option<Self> {
        let hash = Hash::Sha1.digest(certificate.public_key()?);
        hash.as_ref().try_into().ok().map(Self)
    }
}

/// As it is read.
impl fmt::Display for KeyIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
