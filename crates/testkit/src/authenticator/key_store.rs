//! Platforms that have the key of each credential certified: Android's key store, Apple's devices.

use rcgen::{CertificateParams, CustomExtension, DnType, IsCa, KeyUsagePurpose};

use super::authority::{TestAuthority, dated};
use super::entropy::Entropy;
use super::key::{Algorithm, Key};

/// A key store with its authority, and ways in which what it certifies can be wrong.
#[derive(Debug)]
pub struct KeyStore {
    /// Who issues the certificates.
    pub authority: TestAuthority,
    /// Edits the extension that binds the certificate to the ceremony, before it is issued.
    pub extension: fn(&mut Vec<u8>),
    /// Edits the certificate before it is issued.
    pub certificate: fn(&mut CertificateParams),
    /// Edits the certificates that are sent along.
    pub chain: fn(&mut Vec<Vec<u8>>),
    /// Certifies, and signs with, a key of this algorithm instead of the credential's.
    pub other_key: Option<Algorithm>,
}

impl KeyStore {
    /// An honest one.
    pub fn new(authority: TestAuthority) -> Self {
        Self { authority, extension: |_| (), certificate: |_| (), chain: |_| (), other_key: None }
    }

    /// The key that it certifies instead of the credential's, when it does.
    pub(super) fn other_key(&self) -> Option<Key> {
        self.other_key.map(|algorithm| Key::generate(algorithm, &mut Entropy::new(0x0dd)))
    }

    /// The chain for this key, with this extension.
    pub(super) fn certify(
        &self,
        key: &Key,
        name: &str,
        oid: &[u64],
        mut extension: Vec<u8>,
    ) -> Vec<Vec<u8>> {
        (self.extension)(&mut extension);
        let mut params = dated();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.custom_extensions = vec![CustomExtension::from_oid_content(oid, extension)];
        (self.certificate)(&mut params);
        let mut chain = self.authority.certify(&params, key);
        (self.chain)(&mut chain);
        chain
    }
}
