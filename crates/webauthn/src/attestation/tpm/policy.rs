//! What a relying party accepts of `tpm` statements beyond the ordinary.

use super::TpmManufacturer;

/// What is accepted of `tpm` statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TpmPolicy<'a> {
    /// Whether an AIK may sign with SHA-1.
    pub rs1: Rs1,
    /// Manufacturers that are accepted beside those of the TCG's registry: newer ones, or
    /// simulators.
    pub other_manufacturers: &'a [TpmManufacturer],
}

/// Whether an AIK may sign with RSASSA-PKCS1-v1_5 and SHA-1.
///
/// Windows Hello needs it: on many PCs its AIK is an RSA key that was made for SHA-1 when Windows
/// set the TPM up, and stays what it is. The credential's own key signs with SHA-256 there too
/// (RS256), so accepting this weakens the proof of the model and no sign-in. What somebody must
/// do to abuse it is find two registrations whose data collide under SHA-1, one of which a real
/// TPM has certified; a collision alone is within reach of the wealthy, which is why it has to be
/// asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rs1 {
    /// Refused, as everywhere else.
    Refused,
    /// Accepted in the AIK's signature over `certInfo` and the hash in its `extraData`; in no
    /// certificate, and for no credential.
    Accepted,
}

impl TpmPolicy<'_> {
    /// No SHA-1, and registered manufacturers only.
    pub const STRICT: TpmPolicy<'static> =
        TpmPolicy { rs1: Rs1::Refused, other_manufacturers: &[] };

    /// What Windows Hello needs. The root to accept with it is the "Microsoft TPM Root
    /// Certificate Authority 2014", which the metadata of its models lists.
    pub const WINDOWS_HELLO: TpmPolicy<'static> =
        TpmPolicy { rs1: Rs1::Accepted, other_manufacturers: &[] };
}
