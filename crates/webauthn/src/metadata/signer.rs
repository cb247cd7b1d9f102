//! Who signed a BLOB.

use std::time::SystemTime;

use x509_cert::ext::pkix::name::GeneralName;

use super::MetadataError;
use crate::ensure;
use crate::x509::{Certificate, TrustAnchor, trace};

/// The name in the certificate with which the FIDO Alliance signs.
///
/// The roots above it are those of the public web: whoever can have a certificate for any host
/// could sign a BLOB, were the name not looked at.
pub const FIDO_SIGNER: &str = "mds.fidoalliance.org";

/// Step 5: the chain leads to a root, and begins with a certificate of `name` for signing.
pub(super) fn check(
    chain: &[Certificate],
    roots: &[TrustAnchor],
    name: &str,
    now: SystemTime,
) -> Result<(), MetadataError> {
    trace(chain, roots, now)?;
    let leaf = chain.first().ok_or(MetadataError::NoChain)?;
    ensure(is_named(leaf, name)?, MetadataError::Signer("has another name"))?;
    let authority = leaf.basic_constraints()?.is_some_and(|constraints| constraints.ca);
    ensure(!authority, MetadataError::Signer("is an authority's"))?;
    let signs = leaf.key_usage()?.is_none_or(|usage| usage.digital_signature());
    ensure(signs, MetadataError::Signer("is not for signatures"))
}

/// Whether this is one of the certificate's host names; wildcards are none.
fn is_named(leaf: &Certificate, name: &str) -> Result<bool, MetadataError> {
    let names = leaf.subject_alternative_name()?;
    Ok(names.is_some_and(|names| {
        names.0.iter().any(|found| match found {
            GeneralName::DnsName(host) => host.as_str().eq_ignore_ascii_case(name),
            _ => false,
        })
    }))
}
