//! Short ways through attested registrations.

use std::time::{Duration, SystemTime};

use aws_lc_rs::digest::{SHA256, digest};
use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, Sabotage, SoftAuthenticator,
};
use firstkey_webauthn::registration::RegistrationError;
use firstkey_webauthn::{
    AttestationError, AttestationKind, Certified, ChainError, Requirement, Trust, TrustAnchor,
    TrustPolicy,
};
use serde_json::{Value, json};

use crate::support::*;

/// What an authenticator sends when it registers, and the root that is accepted.
pub(crate) struct Attempt<'a> {
    /// The credential's algorithm.
    pub(crate) algorithm: Soft,
    pub(crate) attestation: Attestation,
    /// The model in the authenticator data.
    pub(crate) aaguid: [u8; 16],
    /// The accepted root.
    pub(crate) root: &'a [u8],
    pub(crate) sabotage: Option<Sabotage>,
    pub(crate) now: SystemTime,
}

impl<'a> Attempt<'a> {
    pub(crate) fn new(attestation: Attestation, root: &'a [u8]) -> Self {
        let algorithm = Soft::Es256;
        Self { algorithm, attestation, aaguid: AAGUID, root, sabotage: None, now: now() }
    }

    pub(crate) fn sabotaged(mut self, sabotage: Sabotage) -> Self {
        self.sabotage = Some(sabotage);
        self
    }

    pub(crate) fn verify(self) -> Result<VerifiedRegistration, RegistrationError> {
        let mut key = SoftAuthenticator::new(8)
            .with_algorithm(self.algorithm)
            .with_attestation(self.aaguid, self.attestation);
        key.sabotage = self.sabotage;
        verify(create(&mut key), self.root, self.now)
    }

    /// Why the statement is refused.
    pub(crate) fn refused(self) -> AttestationError {
        refusal(self.verify())
    }

    /// Where the chain leads when it does not lead to the root.
    pub(crate) fn astray(self) -> ChainError {
        let certified = certified(self.verify().unwrap());
        assert_eq!(certified.facts, firstkey_webauthn::Facts::default());
        match certified.trust {
            Trust::Unanchored(reason) => reason,
            Trust::Anchored(_) => panic!("trusted"),
        }
    }
}

/// Verifies a response with this root accepted.
pub(crate) fn verify(
    response: Value,
    root: &[u8],
    now: SystemTime,
) -> Result<VerifiedRegistration, RegistrationError> {
    let anchors = vec![TrustAnchor::from_der(root).unwrap()];
    let mut expected = expected();
    expected.trust =
        TrustPolicy { requirement: Requirement::Any, ..TrustPolicy::trusting(&anchors) };
    expected.now = now;
    register(response, &expected)
}

/// The one certified statement of a registration.
pub(crate) fn certified(verified: VerifiedRegistration) -> Certified {
    match verified.attestation.kind {
        AttestationKind::Certified(certified) => certified,
        other => panic!("{other:?}"),
    }
}

/// A statement made for one relying party, presented to another with the RP ID's hash exchanged.
pub(crate) fn made_for_another_party(attestation: Attestation, aaguid: [u8; 16]) -> Value {
    let mut key = SoftAuthenticator::new(8).with_attestation(aaguid, attestation);
    key.sabotage = Some(Sabotage::RpId("example.net".into()));
    let mut response = create(&mut key);
    let [from, to] = ["example.net", "example.org"].map(|id| digest(&SHA256, id.as_bytes()));
    edit(&mut response, "attestationObject", |object| {
        let at = object.windows(32).position(|window| window == from.as_ref()).unwrap();
        object[at..at + 32].copy_from_slice(to.as_ref());
    });
    response
}

/// A statement made for one challenge, presented for another: everything is exchanged but the
/// client data.
pub(crate) fn made_for_another_challenge(attestation: Attestation, aaguid: [u8; 16]) -> Value {
    let mut key = SoftAuthenticator::new(8).with_attestation(aaguid, attestation);
    let mut first = create(&mut key);
    let mut other = creation_options();
    other["challenge"] = json!("A".repeat(43));
    let second = key.create(&other, ORIGIN).unwrap();
    first["response"]["attestationObject"] = second["response"]["attestationObject"].clone();
    first["id"] = second["id"].clone();
    first["rawId"] = second["rawId"].clone();
    first
}

/// Some time in this year.
pub(crate) fn in_year(year: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs((year - 1970) * 31_557_600)
}

/// Why a registration is refused whose statement is wrong.
pub(crate) fn refusal(
    outcome: Result<VerifiedRegistration, RegistrationError>,
) -> AttestationError {
    match outcome {
        Err(RegistrationError::Attestation(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(verified) => panic!("accepted: {:?}", verified.attestation.format),
    }
}

/// The same of a response.
pub(crate) fn statement_error(response: Value, root: &[u8]) -> AttestationError {
    refusal(verify(response, root, now()))
}

/// A statement counts in the ceremony that it was made in, or `error` is why not.
pub(crate) fn is_bound_to_its_ceremony(
    honest: impl Fn() -> Attestation,
    aaguid: [u8; 16],
    root: &[u8],
    error: &AttestationError,
) {
    let sabotaged = |sabotage| {
        let attempt = Attempt { aaguid, ..Attempt::new(honest(), root) };
        attempt.sabotaged(sabotage).verify()
    };
    assert_eq!(refusal(sabotaged(Sabotage::Signature)), *error);
    let elsewhere = made_for_another_party(honest(), aaguid);
    assert_eq!(statement_error(elsewhere, root), *error);
    let earlier = made_for_another_challenge(honest(), aaguid);
    assert_eq!(statement_error(earlier, root), *error);
    let misled = sabotaged(Sabotage::RpId("example.net".into()));
    assert_eq!(misled.unwrap_err(), RegistrationError::RpIdHash);
}

/// Ways to break the certificates that are sent along.
pub(crate) const BROKEN_CHAINS: [fn(&mut Vec<Vec<u8>>); 5] = [
    |chain| chain[0].truncate(100),
    |chain| chain[0].push(0),
    |chain| chain[0][0] = 0x31,
    |chain| chain[0].clear(),
    |chain| chain.push(vec![0x30, 0x00]),
];
