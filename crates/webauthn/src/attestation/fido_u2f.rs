//! `fido-u2f` (<https://www.w3.org/TR/webauthn-3/#sctn-fido-u2f-attestation>): a registration
//! response of FIDO U2F, whose signature covers the RP ID's hash, the client data, the credential
//! id and the public key.
//!
//! It covers neither the flags nor the counter nor the AAGUID. An authenticator of U2F has no
//! AAGUID, so authenticator data that names one was made up and is refused; which model it is, its
//! certificate may say ([`Facts::certified_model`](crate::Facts::certified_model)).

use super::statement::Members;
use super::{AttestationError, Input, Outcome, profile};
use crate::cose::{Algorithm, KeyMaterial};
use crate::ensure;
use crate::x509::Scheme;

pub(super) fn verify(input: &Input<'_>) -> Result<Outcome, AttestationError> {
    // Step 1: the syntax. Canonical order is sig, x5c.
    let mut members = Members::open(input.statement)?;
    let signature = members.signature()?;
    let certificates = members.certificates()?;
    members.finish()?;
    // Step 2: one certificate, for a key on P-256.
    let [leaf] = certificates.as_slice() else { return Err(AttestationError::Shape) };
    ensure(leaf.has_p256_key(), AttestationError::Profile("its key is not on P-256"))?;
    profile::is_no_authority(leaf)?;
    profile::model(leaf)?;
    // The client writes 16 zero bytes (FIDO CTAP, "Using the CTAP2 authenticatorMakeCredential
    // Command with CTAP1/U2F authenticators").
    ensure(input.aaguid.is_zero(), AttestationError::AaguidNotZero)?;
    // Steps 3 and 4: the credential's key as an uncompressed point on P-256.
    let KeyMaterial::P256(point) = input.public_key.material() else {
        return Err(AttestationError::Algorithm);
    };
    // Step 5: what was signed.
    let signed =
        [&[0], input.rp_id_hash, input.client_data_hash, input.credential_id, point].concat();
    // Step 6: the signature.
    let made = leaf.verifies(Scheme::from_cose(Algorithm::Es256), &signed, signature);
    ensure(made, AttestationError::Signature)?;
    // Step 7, which type it is, is what the accepted roots tell.
    Ok(Outcome::Certified(certificates))
}
