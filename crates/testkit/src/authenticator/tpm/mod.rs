//! A Trusted Platform Module that certifies credentials
//! (<https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation>).

mod certificate;
mod rs1;
mod statement;
mod structures;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};

use super::authority::AttestationKey;
use super::ceremony::flip;
use super::key::Algorithm;
use super::sabotage::Sabotage;
use super::statement::Ceremony;

pub use statement::TpmStatement;

/// The hash function with which an attestation identity key (AIK) signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AikHash {
    /// The one of the key's algorithm.
    Sha2,
    /// SHA-1, as many an RSA key of Windows Hello: RS1, -65535.
    Sha1,
}

/// Certifies the credential's key for this ceremony.
pub(super) fn certify(
    aik: &AttestationKey,
    hash: AikHash,
    ceremony: &Ceremony<'_>,
) -> TpmStatement {
    let sabotage = ceremony.sabotage;
    let to_be_signed = [ceremony.auth_data, ceremony.client_data_hash].concat();
    let hash_algorithm = match (hash, aik.key.algorithm()) {
        (AikHash::Sha1, _) => &SHA1_FOR_LEGACY_USE_ONLY,
        (AikHash::Sha2, Algorithm::Es384) => &SHA384,
        (AikHash::Sha2, Algorithm::Es512) => &SHA512,
        (AikHash::Sha2, _) => &SHA256,
    };
    let extra_data = digest(hash_algorithm, &to_be_signed);
    let mut pub_area = structures::pub_area(ceremony.key);
    if let Some(Sabotage::PubArea(edit)) = sabotage {
        edit(&mut pub_area);
    }
    let mut cert_info = structures::cert_info(extra_data.as_ref(), &pub_area);
    if let Some(Sabotage::CertInfo(edit)) = sabotage {
        edit(&mut cert_info);
    }
    let (algorithm, mut signature) = match hash {
        AikHash::Sha2 => (aik.key.algorithm().cose_id(), aik.key.sign(&cert_info, &[])),
        AikHash::Sha1 => (rs1::COSE_ID, rs1::sign(&aik.key, &cert_info)),
    };
    if let Some(Sabotage::Signature) = sabotage {
        flip(&mut signature);
    }
    let chain = aik.chain.clone();
    TpmStatement { algorithm, signature, chain, pub_area, cert_info }
}
