//! Attestation statements, as the authenticator writes them.

use aws_lc_rs::digest::Digest;

use super::authority::AttestationKey;
use super::ceremony::flip;
use super::encode;
use super::key::{Algorithm, Key};
use super::sabotage::Sabotage;

/// What the authenticator proves about itself when asked to.
#[derive(Debug)]
pub enum Attestation {
    /// Nothing.
    None,
    /// That it holds the credential's key.
    PackedSelf,
    /// Its model, by a certified attestation key.
    Packed(AttestationKey),
}

/// <https://www.w3.org/TR/webauthn-3/#attestation-object>
pub(super) fn attestation_object(
    attestation: &Attestation,
    key: &Key,
    auth_data: &[u8],
    hash: &Digest,
    sabotage: Option<&Sabotage>,
) -> Vec<u8> {
    let (format, signer) = match attestation {
        Attestation::None => ("none", None),
        Attestation::PackedSelf => ("packed", Some((key, &[][..]))),
        Attestation::Packed(certified) => ("packed", Some((&certified.key, &certified.chain[..]))),
    };
    let mut statement = Vec::new();
    match signer {
        None => encode::head(&mut statement, encode::MAP, 0),
        Some((signer, chain)) => {
            let mut signature = signer.sign(auth_data, hash.as_ref());
            if let Some(Sabotage::Signature) = sabotage {
                flip(&mut signature);
            }
            packed_statement(&mut statement, signer.algorithm(), &signature, chain);
        }
    }
    if let Some(Sabotage::Statement(edit)) = sabotage {
        edit(&mut statement);
    }

    let mut object = Vec::with_capacity(64 + statement.len() + auth_data.len());
    encode::head(&mut object, encode::MAP, 3);
    encode::text(&mut object, "fmt");
    encode::text(&mut object, format);
    encode::text(&mut object, "attStmt");
    object.extend(statement);
    encode::text(&mut object, "authData");
    encode::bytes(&mut object, auth_data);
    match sabotage {
        Some(Sabotage::AttestationObject(edit)) => edit(&mut object),
        Some(Sabotage::Truncated) => drop(object.pop()),
        _ => {}
    }
    object
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation>
fn packed_statement(out: &mut Vec<u8>, algorithm: Algorithm, signature: &[u8], chain: &[Vec<u8>]) {
    encode::head(out, encode::MAP, if chain.is_empty() { 2 } else { 3 });
    encode::text(out, "alg");
    encode::algorithm(out, algorithm.cose_id());
    encode::text(out, "sig");
    encode::bytes(out, signature);
    if !chain.is_empty() {
        encode::text(out, "x5c");
        encode::head(out, encode::ARRAY, chain.len());
        for certificate in chain {
            encode::bytes(out, certificate);
        }
    }
}
