//! Why the metadata in force cannot be used.

use firstkey_webauthn::metadata::MetadataError;

/// Metadata is in force and cannot be used. Whatever is to be judged by it is not judged: without it, a
/// revoked model would pass for one of which nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MetadataFault {
    /// The file is not there.
    #[error(
        "the file of the FIDO metadata in force, number {0}, is gone from the database; import it \
         again, or a newer one: firstkey metadata import FILE"
    )]
    Removed(u64),
    /// The file is not the one that was imported.
    #[error(
        "the file of the FIDO metadata in force, number {0}, is not the one that was imported; import \
         it again, or a newer one (firstkey metadata import FILE), and look at who can write the \
         database"
    )]
    Altered(u64),
    /// The file is the one that was imported, and it is not believed any more.
    #[error(
        "the FIDO metadata in force, number {number}, does not verify: {error}; name the root above \
         its signer in attestation.metadata_roots again, or import a newer file: firstkey metadata \
         import FILE"
    )]
    Refused {
        /// Its number.
        number: u64,
        /// Why not.
        error: MetadataError,
    },
}
