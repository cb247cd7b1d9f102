//! `android-key` (<https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation>): the
//! certificate that Android's key store issued for the credential's key, and a signature by it.
//!
//! Google publishes which certificates it has revoked. That list is not looked up here; who relies
//! on it compares it with [`Certified::chain`](crate::Certified::chain).

mod description;
mod error;
mod facts;

use super::statement::Members;
use super::{AttestationError, Input, Outcome, profile};
use crate::cose::Algorithm;
use crate::ensure;
use crate::x509::{Certificate, Scheme};

use description::{
    AuthorizationList, KEY_DESCRIPTION, KM_ORIGIN_GENERATED, KM_PURPOSE_SIGN, KeyDescription,
};
pub use error::AndroidKeyError;
pub use facts::{AndroidKey, Boot, BootState, SecurityLevel};

struct Statement<'a> {
    algorithm: Algorithm,
    signature: &'a [u8],
    /// Not empty.
    certificates: Vec<Certificate>,
}

pub(super) fn verify(input: &Input<'_>) -> Result<Outcome, AttestationError> {
    // Step 1: the syntax.
    let Statement { algorithm, signature, certificates } = Statement::parse(input.statement)?;
    let (leaf, above) = certificates.split_first().ok_or(AttestationError::Shape)?;
    // Step 2: the signature, by the certificate's key.
    let signed = [input.auth_data, input.client_data_hash].concat();
    let made = leaf.verifies(Scheme::from_cose(algorithm), &signed, signature);
    ensure(made, AttestationError::Signature)?;
    // Step 3: that key is the credential's, and so is the algorithm.
    ensure(leaf.is_for(input.public_key), AttestationError::CertificateKey)?;
    ensure(algorithm == input.public_key.algorithm(), AttestationError::Algorithm)?;
    profile::is_no_authority(leaf)?;
    // Step 4: the challenge.
    let description = describe(leaf)?.ok_or(AndroidKeyError::Missing)?;
    ensure(description.challenge == input.client_data_hash, AndroidKeyError::Challenge)?;
    // Step 5: the authorization lists, which are taken together. What the hardware's says alone
    // is a fact for those who accept no other ([`AndroidKey::hardware_enforced`]).
    check_lists(&[&description.software, &description.hardware])?;
    // A description further up would mean that a key which some app asked for issued this
    // certificate. Then what it says was not said by the key store.
    for certificate in above {
        ensure(certificate.extension(KEY_DESCRIPTION)?.is_none(), AndroidKeyError::Repeated)?;
    }
    Ok(Outcome::Certified(certificates))
}

/// What an anchored certificate proves about the key.
pub(super) fn facts(leaf: &Certificate) -> Option<AndroidKey> {
    let description = describe(leaf).ok()??;
    Some(AndroidKey {
        attested_by: description.attested_by,
        kept_by: description.kept_by,
        hardware_enforced: check_lists(&[&description.hardware]).is_ok()
            && description.attested_by.is_hardware()
            && description.kept_by.is_hardware(),
        boot: description.hardware.boot,
        patch_level: description.hardware.patch_level,
    })
}

impl<'a> Statement<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AttestationError> {
        let mut members = Members::open(bytes)?;
        // Canonical order is alg, sig, x5c.
        let algorithm = members.algorithm()?;
        let signature = members.signature()?;
        let certificates = members.certificates()?;
        members.finish()?;
        Ok(Self { algorithm, signature, certificates })
    }
}

fn describe(leaf: &Certificate) -> Result<Option<KeyDescription<'_>>, AttestationError> {
    let Some(extension) = leaf.extension(KEY_DESCRIPTION)? else { return Ok(None) };
    let description = KeyDescription::from_der(extension.extn_value.as_bytes())
        .map_err(|_| AndroidKeyError::Malformed)?;
    Ok(Some(description))
}

/// Step 5: what these lists, taken together, say of the key.
fn check_lists(lists: &[&AuthorizationList]) -> Result<(), AndroidKeyError> {
    ensure(!lists.iter().any(|list| list.all_applications), AndroidKeyError::AllApplications)?;
    let origins = || lists.iter().filter_map(|list| list.origin);
    let generated = origins().next().is_some() && origins().all(|it| it == KM_ORIGIN_GENERATED);
    ensure(generated, AndroidKeyError::Origin)?;
    let purposes = || lists.iter().filter_map(|list| list.purposes.as_deref());
    let signs = purposes().next().is_some() && purposes().all(|all| all == [KM_PURPOSE_SIGN]);
    ensure(signs, AndroidKeyError::Purpose)
}
