//! An attestation authority: a root, and certified attestation keys for models of authenticator.

use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DistinguishedName, DnType, DnValue, IsCa,
    Issuer, KeyUsagePurpose, PublicKeyData, date_time_ymd,
};

use super::der;
use super::entropy::Entropy;
use super::key::{Algorithm, Key};

/// `id-fido-gen-ce-aaguid`
const AAGUID_EXTENSION: [u64; 10] = [1, 3, 6, 1, 4, 1, 45724, 1, 1, 4];
/// `id-fido-gen-ce-sernum`
const SERIAL_NUMBER_EXTENSION: [u64; 10] = [1, 3, 6, 1, 4, 1, 45724, 1, 1, 2];

/// A root certificate and its key.
#[derive(Debug)]
pub struct TestAuthority {
    issuer: Issuer<'static, Key>,
    certificate: Vec<u8>,
    /// What lies between this authority and the root, this one's own certificate first.
    above: Vec<Vec<u8>>,
    entropy: Entropy,
}

/// An attestation key and its certificate chain, leaf first, without the root.
#[derive(Debug)]
pub struct AttestationKey {
    pub(super) key: Key,
    pub(super) chain: Vec<Vec<u8>>,
}

impl TestAuthority {
    /// A root that is valid from 2020 to 2050.
    pub fn new(seed: u64) -> Self {
        let mut entropy = Entropy::new(seed);
        let params = authority_params(&format!("Test attestation root {seed}"));
        let key = Key::generate(Algorithm::Es256, &mut entropy);
        let certificate =
            params.self_signed(&key).expect("the parameters are complete").der().to_vec();
        Self { issuer: Issuer::new(params, key), certificate, above: Vec::new(), entropy }
    }

    /// The authority's own certificate, in DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// An authority below this one, after `customize` has had its way with the certificate.
    #[must_use]
    pub fn intermediate(&mut self, customize: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = authority_params("Test attestation intermediate");
        customize(&mut params);
        let key = Key::generate(Algorithm::Es256, &mut self.entropy);
        let certificate = self.sign(&params, &key);
        let above = [vec![certificate.clone()], self.above.clone()].concat();
        let seed = u64::from_be_bytes(*self.entropy.block().first_chunk().expect("32 bytes"));
        Self { issuer: Issuer::new(params, key), certificate, above, entropy: Entropy::new(seed) }
    }

    /// An attestation key for authenticators of the model `aaguid`, certified in the packed
    /// profile.
    pub fn attestation_key(&mut self, aaguid: [u8; 16], algorithm: Algorithm) -> AttestationKey {
        self.attestation_key_with(aaguid, algorithm, |_| ())
    }

    /// The same, after `customize` has had its way with the certificate.
    pub fn attestation_key_with(
        &mut self,
        aaguid: [u8; 16],
        algorithm: Algorithm,
        customize: impl FnOnce(&mut CertificateParams),
    ) -> AttestationKey {
        let mut params = packed_params(aaguid);
        customize(&mut params);
        self.key_with(&params, algorithm)
    }

    /// An attestation key for authenticators of U2F, after `customize` has had its way with the
    /// certificate.
    pub fn u2f_key_with(
        &mut self,
        algorithm: Algorithm,
        customize: impl FnOnce(&mut CertificateParams),
    ) -> AttestationKey {
        let mut params = dated();
        params.distinguished_name.push(DnType::CommonName, "Soft U2F authenticator");
        customize(&mut params);
        self.key_with(&params, algorithm)
    }

    /// A new key, certified in this way.
    pub(super) fn key_with(
        &mut self,
        params: &CertificateParams,
        algorithm: Algorithm,
    ) -> AttestationKey {
        let key = Key::generate(algorithm, &mut self.entropy);
        let chain = self.certify(params, &key);
        AttestationKey { key, chain }
    }

    /// A certificate for this key and what leads from it to the root.
    pub(super) fn certify(
        &self,
        params: &CertificateParams,
        key: &impl PublicKeyData,
    ) -> Vec<Vec<u8>> {
        [vec![self.sign(params, key)], self.above.clone()].concat()
    }

    /// The AAGUID extension, for certificates that are to have another one.
    pub fn aaguid_extension(aaguid: [u8; 16]) -> CustomExtension {
        // An octet string within the extension's octet string.
        CustomExtension::from_oid_content(&AAGUID_EXTENSION, der::tlv(0x04, &aaguid))
    }

    /// The serial number extension of enterprise attestation.
    pub fn serial_number_extension(number: &[u8]) -> CustomExtension {
        CustomExtension::from_oid_content(&SERIAL_NUMBER_EXTENSION, der::tlv(0x04, number))
    }

    fn sign(&self, params: &CertificateParams, key: &impl PublicKeyData) -> Vec<u8> {
        params.signed_by(key, &self.issuer).expect("the parameters are complete").der().to_vec()
    }
}

impl AttestationKey {
    /// Replaces the certificates that are sent along.
    #[must_use]
    pub fn with_chain(mut self, chain: Vec<Vec<u8>>) -> Self {
        self.chain = chain;
        self
    }

    /// The certificates that are sent along, leaf first.
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = dated();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements>
fn packed_params(aaguid: [u8; 16]) -> CertificateParams {
    let mut params = dated();
    let country = "AA".try_into().expect("two letters are printable");
    let name = &mut params.distinguished_name;
    name.push(DnType::CountryName, DnValue::PrintableString(country));
    name.push(DnType::OrganizationName, "Firstkey Test Kit");
    name.push(DnType::OrganizationalUnitName, "Authenticator Attestation");
    name.push(DnType::CommonName, "Soft authenticator");
    params.is_ca = IsCa::ExplicitNoCa;
    params.custom_extensions = vec![TestAuthority::aaguid_extension(aaguid)];
    params
}

pub(super) fn dated() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2050, 1, 1);
    params
}
