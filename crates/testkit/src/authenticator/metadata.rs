//! A metadata service: BLOBs as the FIDO Alliance publishes them.

use rcgen::{CertificateParams, IsCa, KeyUsagePurpose, SanType};
use serde_json::{Value, json};

use super::authority::{AttestationKey, TestAuthority, dated};
use super::encode::base64url;
use super::key::Algorithm;

/// Whoever signs BLOBs.
#[derive(Debug)]
pub struct MetadataSigner(AttestationKey);

impl TestAuthority {
    /// A signer with this host name in its certificate, with RS256 or ES256.
    pub fn metadata_signer(&mut self, name: &str, algorithm: Algorithm) -> MetadataSigner {
        self.metadata_signer_with(name, algorithm, |_| ())
    }

    /// The same, after `customize` has had its way with the certificate.
    pub fn metadata_signer_with(
        &mut self,
        name: &str,
        algorithm: Algorithm,
        customize: impl FnOnce(&mut CertificateParams),
    ) -> MetadataSigner {
        let mut params = dated();
        let name = name.try_into().expect("a host name is ASCII");
        params.subject_alt_names = vec![SanType::DnsName(name)];
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        customize(&mut params);
        MetadataSigner(self.key_with(&params, algorithm))
    }
}

impl MetadataSigner {
    /// The header with which [`Self::sign`] signs.
    pub fn header(&self) -> Value {
        use base64::Engine as _;
        let algorithm = match self.0.key.algorithm() {
            Algorithm::Rs256 => "RS256",
            _ => "ES256",
        };
        let encode = |der: &Vec<u8>| base64::engine::general_purpose::STANDARD.encode(der);
        let chain: Vec<String> = self.0.chain.iter().map(encode).collect();
        json!({ "alg": algorithm, "typ": "JWT", "x5c": chain })
    }

    /// The BLOB with this payload.
    pub fn sign(&self, payload: &Value) -> String {
        self.sign_with(&self.header(), payload.to_string().as_bytes())
    }

    /// The token with this header and these bytes.
    pub fn sign_with(&self, header: &Value, payload: &[u8]) -> String {
        let signed = format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(payload));
        let mut signature = self.0.key.sign(signed.as_bytes(), &[]);
        if self.0.key.algorithm() == Algorithm::Es256 {
            signature = fixed(&signature);
        }
        format!("{signed}.{}", base64url(&signature))
    }
}

/// `r ‖ s`, from an `Ecdsa-Sig-Value` in DER.
fn fixed(der: &[u8]) -> Vec<u8> {
    let first = usize::from(der[3]);
    let numbers = [&der[4..4 + first], &der[6 + first..]];
    let mut out = Vec::new();
    for number in numbers {
        let number = &number[number.len().saturating_sub(32)..];
        out.extend(vec![0; 32 - number.len()]);
        out.extend(number);
    }
    out
}
