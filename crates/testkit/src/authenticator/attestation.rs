//! Attestation statements, as the authenticator writes them.

use aws_lc_rs::digest::Digest;

use super::authority::AttestationKey;
use super::ceremony::flip;
use super::encode;
use super::key::Key;
use super::sabotage::Sabotage;
use super::tpm::{self, AikHash};

/// What the authenticator proves about itself when asked to.
#[derive(Debug)]
pub enum Attestation {
    /// Nothing.
    None,
    /// That it holds the credential's key.
    PackedSelf,
    /// Its model, by a certified attestation key.
    Packed(AttestationKey),
    /// The same, by a TPM whose attestation identity key this is.
    Tpm(AttestationKey, AikHash),
}

/// The attestation object, honest or not.
pub(super) fn attestation_object(
    attestation: &Attestation,
    key: &Key,
    auth_data: &[u8],
    hash: &Digest,
    sabotage: Option<&Sabotage>,
) -> Vec<u8> {
    let mut statement = Vec::new();
    let format = match attestation {
        Attestation::None => {
            encode::head(&mut statement, encode::MAP, 0);
            "none"
        }
        Attestation::PackedSelf => {
            packed_statement(&mut statement, (key, &[]), (auth_data, hash), sabotage);
            "packed"
        }
        Attestation::Packed(AttestationKey { key, chain }) => {
            packed_statement(&mut statement, (key, chain), (auth_data, hash), sabotage);
            "packed"
        }
        Attestation::Tpm(aik, aik_hash) => {
            tpm::certify(aik, *aik_hash, key, (auth_data, hash), sabotage).write(&mut statement);
            "tpm"
        }
    };
    if let Some(Sabotage::Statement(edit)) = sabotage {
        edit(&mut statement);
    }

    let mut object = encode::attestation_object(format, &statement, auth_data);
    match sabotage {
        Some(Sabotage::AttestationObject(edit)) => edit(&mut object),
        Some(Sabotage::Truncated) => drop(object.pop()),
        _ => {}
    }
    object
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation>
fn packed_statement(
    out: &mut Vec<u8>,
    (signer, chain): (&Key, &[Vec<u8>]),
    (auth_data, client_data_hash): (&[u8], &Digest),
    sabotage: Option<&Sabotage>,
) {
    let mut signature = signer.sign(auth_data, client_data_hash.as_ref());
    if let Some(Sabotage::Signature) = sabotage {
        flip(&mut signature);
    }
    encode::head(out, encode::MAP, if chain.is_empty() { 2 } else { 3 });
    encode::text(out, "alg");
    encode::algorithm(out, signer.algorithm().cose_id());
    encode::text(out, "sig");
    encode::bytes(out, &signature);
    if !chain.is_empty() {
        encode::text(out, "x5c");
        encode::head(out, encode::ARRAY, chain.len());
        for certificate in chain {
            encode::bytes(out, certificate);
        }
    }
}
