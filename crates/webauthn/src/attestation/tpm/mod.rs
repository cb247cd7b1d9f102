//! `tpm` (<https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation>): a Trusted Platform Module
//! certifies the credential's key with an attestation identity key (AIK), which a certificate
//! vouches for.
//!
//! The specification calls `sig` a `TPMT_SIGNATURE`; its own test vectors and Windows Hello send
//! the bare signature, and that is what is read here.

mod aik;
mod credential_key;
mod error;
mod facts;
mod manufacturer;
mod policy;
mod structures;

use super::statement::Members;
use super::{AttestationError, Input, Outcome, profile};
use crate::cose::Algorithm;
use crate::ensure;
use crate::x509::{Certificate, Hash, Scheme};

pub use error::TpmError;
pub use facts::{TpmFacts, TpmKeyAttributes};
pub use manufacturer::TpmManufacturer;
pub use policy::{Rs1, TpmPolicy};
use structures::{Attest, Public};

/// RSASSA-PKCS1-v1_5 with SHA-1, `RFC 8812 §2`; no algorithm for credentials.
const RS1: i64 = -65535;

struct Statement<'a> {
    algorithm: i64,
    signature: &'a [u8],
    /// Not empty.
    certificates: Vec<Certificate>,
    pub_area: &'a [u8],
    cert_info: &'a [u8],
}

/// The verification procedure, in its order.
pub(super) fn verify(
    input: &Input<'_>,
    policy: &TpmPolicy<'_>,
) -> Result<Outcome, AttestationError> {
    // The syntax.
    let statement = Statement::parse(input.statement)?;
    let (scheme, hash) = scheme(statement.algorithm, policy)?;

    // pubArea is the credential's public key.
    let public = Public::parse(statement.pub_area)?;
    credential_key::check(&public, input.public_key)?;

    // The integrity of certInfo: x5c is there, the AIK's certificate has its profile, its AAGUID
    // is the authenticator's, and the AIK signed certInfo.
    let aik = statement.certificates.first().ok_or(AttestationError::Shape)?;
    let module = aik::check(aik, policy)?;
    let model = profile::model(aik)?;
    ensure(model.is_none_or(|model| model == input.aaguid), AttestationError::Aaguid)?;
    let made = aik.verifies(scheme, statement.cert_info, statement.signature);
    ensure(made, AttestationError::Signature)?;

    // The validity of certInfo: it was made by a TPM (magic), certifies a key (type), ...
    let attest = Attest::parse(statement.cert_info)?;
    // ... in this ceremony ...
    let to_be_signed = [input.auth_data, input.client_data_hash].concat();
    let extra_data = hash.digest(&to_be_signed);
    ensure(attest.extra_data == extra_data.as_ref(), TpmError::ExtraData)?;
    // ... and the key is the one of pubArea.
    ensure(attest.name == public.name()?, TpmError::Name)?;

    let facts = module.with_key(public.attributes);
    Ok(Outcome::Tpm(statement.certificates, facts))
}

/// A way in for fuzzing: reads both structures. Each has one end, so neither what is cut off
/// nor what is longer is read.
#[cfg(any(fuzzing, test))]
pub(crate) fn read(cert_info: &[u8], pub_area: &[u8], key: Option<&crate::CosePublicKey>) {
    let other_ends = |bytes: &[u8]| {
        let shorter = bytes.split_last().map_or(Vec::new(), |(_, shorter)| shorter.to_vec());
        [shorter, [bytes, &[0]].concat()]
    };
    if Attest::parse(cert_info).is_ok() {
        assert!(other_ends(cert_info).iter().all(|bytes| Attest::parse(bytes).is_err()));
    }
    if let Ok(public) = Public::parse(pub_area) {
        assert!(other_ends(pub_area).iter().all(|bytes| Public::parse(bytes).is_err()));
        let _ = (public.name(), key.map(|key| credential_key::check(&public, key)));
    }
}

impl<'a> Statement<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AttestationError> {
        let mut members = Members::open(bytes)?;
        // Canonical order is by length: alg, sig, ver, x5c, pubArea, certInfo.
        let algorithm = members.algorithm_id()?;
        let signature = members.signature()?;
        ensure(members.text("ver")? == "2.0", TpmError::Version)?;
        let certificates = members.certificates()?;
        let pub_area = members.bytes("pubArea")?;
        let cert_info = members.bytes("certInfo")?;
        members.finish()?;
        Ok(Self { algorithm, signature, certificates, pub_area, cert_info })
    }
}

/// How the AIK signs, and the hash function "employed in alg".
fn scheme(algorithm: i64, policy: &TpmPolicy<'_>) -> Result<(Scheme, Hash), AttestationError> {
    let scheme = if algorithm == RS1 {
        ensure(policy.rs1 == Rs1::Accepted, TpmError::Rs1)?;
        Some(Scheme::RsaPkcs1(Hash::Sha1))
    } else {
        Algorithm::from_cose_id(algorithm).map(Scheme::from_cose)
    };
    // EdDSA names no hash function of its own, and no TPM attests with it.
    scheme
        .and_then(|scheme| Some((scheme, scheme.hash()?)))
        .ok_or(AttestationError::UnsupportedAlgorithm(algorithm))
}
