//! The roots above the certificate with which the FIDO Alliance signs its metadata.

use firstkey_webauthn::TrustAnchor;

/// `GlobalSign Root CA - R3`, above the signer until the middle of 2026. Its SHA-256 fingerprint, to be
/// compared with what its owner publishes:
/// `CB:B5:22:D7:B7:F1:27:AD:6A:01:13:86:5B:DF:1C:D4:10:2E:7D:07:59:AF:63:5A:7C:F4:72:0D:C9:63:C5:3B`.
const R3: &[u8] = include_bytes!("../../roots/globalsign-root-ca-r3.der");

/// `GlobalSign Root R46`, above the signer since then. Its SHA-256 fingerprint, to be compared with what
/// its owner publishes:
/// `4F:A3:12:6D:8D:3A:11:D1:C4:85:5A:4F:80:7C:BA:D6:CF:91:9D:3A:5A:88:B0:3B:EA:2C:63:72:D9:3C:40:C9`.
const R46: &[u8] = include_bytes!("../../roots/globalsign-root-r46.der");

/// The roots that count unless the configuration names others.
pub fn fido_roots() -> Vec<TrustAnchor> {
    // Both are read: a test says so. One that is not would be believed by nobody.
    [R3, R46].into_iter().filter_map(|der| TrustAnchor::from_der(der).ok()).collect()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};

    use super::*;

    #[test]
    fn the_roots_are_those_whose_fingerprints_are_published() {
        let fingerprint = |der: &[u8]| {
            let bytes = digest(&SHA256, der);
            bytes.as_ref().iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
        };
        let source = include_str!("roots.rs");
        for (der, published) in [
            (
                R3,
                "CB:B5:22:D7:B7:F1:27:AD:6A:01:13:86:5B:DF:1C:D4:10:2E:7D:07:59:AF:63:5A:7C:F4:72:0D:C9:63:C5:3B",
            ),
            (
                R46,
                "4F:A3:12:6D:8D:3A:11:D1:C4:85:5A:4F:80:7C:BA:D6:CF:91:9D:3A:5A:88:B0:3B:EA:2C:63:72:D9:3C:40:C9",
            ),
        ] {
            assert_eq!(fingerprint(der), published);
            assert!(source.contains(&format!("/// `{published}`.")), "auditors read the same");
        }
        assert_eq!(fido_roots().len(), 2);
    }
}
