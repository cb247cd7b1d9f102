//! A key's numbers, for comparing it with what other formats hold of a key.

/// The numbers of a public key, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyMaterial<'a> {
    /// A point on P-256, `04 ‖ x ‖ y`.
    P256(&'a [u8]),
    /// A point on P-384.
    P384(&'a [u8]),
    /// A point on P-521.
    P521(&'a [u8]),
    /// An encoded point on Ed25519.
    Ed25519(&'a [u8]),
    /// The modulus, big-endian without leading zeros, and the exponent.
    Rsa { modulus: &'a [u8], exponent: u32 },
}
