//! Certificates for attestation identity keys
//! (<https://www.w3.org/TR/webauthn-3/#sctn-tpm-cert-requirements>).

use rcgen::{
    CertificateParams, CustomExtension, ExtendedKeyUsagePurpose, IsCa, PublicKeyData,
    SignatureAlgorithm,
};

use super::super::authority::{AttestationKey, TestAuthority, dated};
use super::super::der;
use super::super::key::Algorithm;

/// `tcg-kp-AIKCertificate`
const AIK_CERTIFICATE: [u64; 5] = [2, 23, 133, 8, 3];
const SUBJECT_ALTERNATIVE_NAME: [u64; 4] = [2, 5, 29, 17];

impl TestAuthority {
    /// An AIK of a TPM in authenticators of the model `aaguid`, certified as it should be.
    pub fn aik(&mut self, aaguid: [u8; 16], algorithm: Algorithm) -> AttestationKey {
        self.aik_with(aaguid, algorithm, |_| ())
    }

    /// The same, after `customize` has had its way with the certificate.
    pub fn aik_with(
        &mut self,
        aaguid: [u8; 16],
        algorithm: Algorithm,
        customize: impl FnOnce(&mut CertificateParams),
    ) -> AttestationKey {
        let mut params = aik_params(aaguid);
        customize(&mut params);
        self.key_with(&params, algorithm)
    }

    /// The certificates for an AIK whose public key a real TPM gave away, as a
    /// `SubjectPublicKeyInfo` in DER.
    pub fn aik_chain(&self, spki: &[u8], aaguid: [u8; 16]) -> Vec<Vec<u8>> {
        self.certify(&aik_params(aaguid), &ForeignKey::from_spki(spki))
    }

    /// A subject alternative name that says these things about a TPM: each is the last number of
    /// the attribute's id below 2.23.133.2 (1 the manufacturer, 2 the model, 3 the version), and
    /// its text. Each inner list is one relative distinguished name.
    pub fn tpm_name(names: &[&[(u8, &str)]]) -> CustomExtension {
        let sets = names.iter().flat_map(|attributes| {
            let attribute = |(kind, text): &(u8, &str)| {
                let kind = der::tlv(0x06, &[0x67, 0x81, 0x05, 0x02, *kind]);
                der::tlv(0x30, &[kind, der::tlv(0x0c, text.as_bytes())].concat())
            };
            der::tlv(0x31, &attributes.iter().flat_map(attribute).collect::<Vec<_>>())
        });
        let name = der::tlv(0x30, &sets.collect::<Vec<_>>());
        let names = der::tlv(0x30, &der::tlv(0xa4, &name));
        let mut extension = CustomExtension::from_oid_content(&SUBJECT_ALTERNATIVE_NAME, names);
        extension.set_criticality(true);
        extension
    }
}

fn aik_params(aaguid: [u8; 16]) -> CertificateParams {
    let mut params = dated();
    params.is_ca = IsCa::ExplicitNoCa;
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::Other(AIK_CERTIFICATE.to_vec())];
    params.custom_extensions = vec![
        TestAuthority::tpm_name(&[
            &[(1, "id:49424D00")],
            &[(2, "Soft TPM")],
            &[(3, "id:00010002")],
        ]),
        TestAuthority::aaguid_extension(aaguid),
    ];
    params
}

/// A public key whose private half is elsewhere.
struct ForeignKey {
    algorithm: &'static SignatureAlgorithm,
    bytes: Vec<u8>,
}

impl ForeignKey {
    fn from_spki(spki: &[u8]) -> Self {
        // The key comes last: 65 bytes of point, or an RSAPublicKey with a modulus of 256 bytes.
        let (algorithm, length) = match spki.len() {
            91 => (&rcgen::PKCS_ECDSA_P256_SHA256, 65),
            294 => (&rcgen::PKCS_RSA_SHA256, 270),
            _ => panic!("neither a P-256 nor an RSA-2048 key"),
        };
        Self { algorithm, bytes: spki[spki.len() - length..].to_vec() }
    }
}

impl PublicKeyData for ForeignKey {
    fn der_bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.algorithm
    }
}
