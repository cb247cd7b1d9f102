//! Metadata as a source of trust.

use super::{Entry, KeyIdentifier, Metadata, ProtocolFamily};
use crate::attestation::{Format, TrustAnchors};
use crate::ids::Aaguid;
use crate::x509::TrustAnchor;

/// The roots that a model's entry lists, in formats that fit the kinds of attestation which the
/// entry lists. That a model was revoked takes nothing away here: it is a fact for a policy.
impl TrustAnchors for Metadata {
    fn for_model(&self, format: Format, aaguid: Aaguid) -> &[TrustAnchor] {
        self.entry(aaguid).map_or(&[], |entry| entry.roots_in(format))
    }

    fn for_attestation_key(&self, format: Format, key: KeyIdentifier) -> &[TrustAnchor] {
        self.entry_by_key(key).map_or(&[], |entry| entry.roots_in(format))
    }
}

impl Entry {
    fn roots_in(&self, format: Format) -> &[TrustAnchor] {
        let (family, kinds) = prescribed(format);
        let fits = self.protocol_family == family
            && self.attestation_types.iter().any(|kind| kinds.contains(&kind.as_str()));
        if fits { &self.roots } else { &[] }
    }
}

/// The protocol that a format belongs to, and the attestation types that it can be
/// (<https://www.w3.org/TR/webauthn-3/#sctn-defined-attestation-formats>), in the words of the
/// FIDO registry.
fn prescribed(format: Format) -> (ProtocolFamily, &'static [&'static str]) {
    match format.identifier() {
        "packed" => (ProtocolFamily::Fido2, &["basic_full", "attca"]),
        "tpm" => (ProtocolFamily::Fido2, &["attca"]),
        "android-key" => (ProtocolFamily::Fido2, &["basic_full"]),
        "apple" => (ProtocolFamily::Fido2, &["anonca"]),
        "fido-u2f" => (ProtocolFamily::U2f, &["basic_full", "attca"]),
        // Nobody vouches in any other.
        _ => (ProtocolFamily::Other, &[]),
    }
}
