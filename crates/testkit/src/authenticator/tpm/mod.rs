//! A Trusted Platform Module that certifies credentials
//! (<https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation>).

mod certificate;
mod rs1;
mod statement;
mod structures;

use aws_lc_rs::digest::{Digest, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

use super::authority::AttestationKey;
use super::ceremony::flip;
use super::key::Key;
use super::sabotage::Sabotage;

pub use statement::TpmStatement;

/// The hash function with which an attestation identity key (AIK) signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AikHash {
    /// SHA-256.
    Sha256,
    /// SHA-1, as many an RSA key of Windows Hello: RS1, -65535.
    Sha1,
}

/// Certifies `key` for `auth_data` and the client data's hash.
pub(super) fn certify(
    aik: &AttestationKey,
    hash: AikHash,
    key: &Key,
    (auth_data, client_data_hash): (&[u8], &Digest),
    sabotage: Option<&Sabotage>,
) -> TpmStatement {
    let to_be_signed = [auth_data, client_data_hash.as_ref()].concat();
    let extra_data = match hash {
        AikHash::Sha256 => digest(&SHA256, &to_be_signed),
        AikHash::Sha1 => digest(&SHA1_FOR_LEGACY_USE_ONLY, &to_be_signed),
    };
    let mut pub_area = structures::pub_area(key);
    if let Some(Sabotage::PubArea(edit)) = sabotage {
        edit(&mut pub_area);
    }
    let mut cert_info = structures::cert_info(extra_data.as_ref(), &pub_area);
    if let Some(Sabotage::CertInfo(edit)) = sabotage {
        edit(&mut cert_info);
    }
    let (algorithm, mut signature) = match hash {
        AikHash::Sha256 => (aik.key.algorithm().cose_id(), aik.key.sign(&cert_info, &[])),
        AikHash::Sha1 => (rs1::COSE_ID, rs1::sign(&aik.key, &cert_info)),
    };
    if let Some(Sabotage::Signature) = sabotage {
        flip(&mut signature);
    }
    let chain = aik.chain.clone();
    TpmStatement { algorithm, signature, chain, pub_area, cert_info }
}
