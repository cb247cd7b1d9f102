//! TPM attestation: certInfo, pubArea, and the AIK's certificate.

mod certificate;
mod statement;
mod swtpm;

use std::time::SystemTime;

use firstkey_testkit::authenticator::{
    AikHash, Algorithm as Soft, Attestation, AttestationKey, Sabotage, SoftAuthenticator,
    TestAuthority,
};
use firstkey_webauthn::registration::RegistrationError;
use firstkey_webauthn::{
    Aaguid, AttestationError, Requirement, Rs1, TpmError, TpmPolicy, Trust, TrustAnchor,
    TrustPolicy,
};
use rcgen::CustomExtension;

use crate::attested::{certified, refusal as refused};
use crate::support::*;

/// A PC whose TPM has this AIK, and what it is asked to register.
struct Pc {
    aik: AttestationKey,
    hash: AikHash,
    credential: Soft,
    sabotage: Option<Sabotage>,
}

impl Pc {
    fn new(aik: AttestationKey) -> Self {
        Self { aik, hash: AikHash::Sha2, credential: Soft::Es256, sabotage: None }
    }

    /// Registers by this policy, trusting `root`.
    fn register(
        self,
        root: &TestAuthority,
        tpm: TpmPolicy<'_>,
        now: SystemTime,
    ) -> Result<VerifiedRegistration, RegistrationError> {
        let mut key = SoftAuthenticator::new(8)
            .with_algorithm(self.credential)
            .with_attestation(AAGUID, Attestation::Tpm(self.aik, self.hash));
        key.sabotage = self.sabotage;
        let anchors = vec![TrustAnchor::from_der(root.certificate()).unwrap()];
        let mut expected = expected();
        expected.trust =
            TrustPolicy { requirement: Requirement::Any, tpm, ..TrustPolicy::trusting(&anchors) };
        expected.now = now;
        register(create(&mut key), &expected)
    }
}

#[test]
fn a_tpm_certifies_credentials_of_both_kinds() {
    for credential in [Soft::Es256, Soft::Es384, Soft::Es512, Soft::Rs256, Soft::Ps256] {
        for aik in [Soft::Es256, Soft::Es384, Soft::Rs256, Soft::Ps256] {
            let mut root = TestAuthority::new(1);
            let aik = root.aik(AAGUID, aik);
            let chain = aik.chain().to_vec();
            let pc = Pc { credential, ..Pc::new(aik) };
            let found = certified(pc.register(&root, TpmPolicy::STRICT, now()).unwrap());
            assert_eq!(found.facts.certified_model, Some(Aaguid::new(AAGUID)));
            assert_eq!(found.chain, chain);
            assert_eq!(found.trust, Trust::Anchored(root.certificate().to_vec()));
            let tpm = found.facts.tpm.unwrap();
            assert_eq!(tpm.manufacturer.name(), Some("IBM"));
            assert_eq!((tpm.model.as_str(), tpm.version.as_str()), ("Soft TPM", "id:00010002"));
            assert!(tpm.key.is_bound_to_tpm() && tpm.key.was_made_by_tpm());
        }
    }
}

#[test]
fn windows_hello_is_accepted_by_its_policy() {
    // An RSA credential (RS256), an RSA AIK that signs with SHA-1 or SHA-256, an authority
    // between the AIK and the root.
    for hash in [AikHash::Sha1, AikHash::Sha2] {
        let mut root = TestAuthority::new(1);
        // Its certificate has critical policies: "TCPA Trusted Platform Identity".
        let aik = root.intermediate(|_| ()).aik_with(AAGUID, Soft::Rs256, |params| {
            let policy = b"\x30\x0d\x30\x0b\x06\x09\x2b\x06\x01\x04\x01\x82\x37\x15\x1f";
            let mut policies = CustomExtension::from_oid_content(&[2, 5, 29, 32], policy.to_vec());
            policies.set_criticality(true);
            params.custom_extensions.push(policies);
        });
        let pc = Pc { hash, credential: Soft::Rs256, ..Pc::new(aik) };
        let registered = pc.register(&root, TpmPolicy::WINDOWS_HELLO, now()).unwrap();
        assert!(registered.attestation.is_trusted());
    }
}

#[test]
fn sha1_is_refused_unless_the_policy_accepts_it() {
    let pc = |root: &mut TestAuthority| Pc {
        hash: AikHash::Sha1,
        credential: Soft::Rs256,
        ..Pc::new(root.aik(AAGUID, Soft::Rs256))
    };
    let mut root = TestAuthority::new(1);
    let strict = pc(&mut root).register(&root, TpmPolicy::STRICT, now());
    assert_eq!(refused(strict), TpmError::Rs1.into());

    // Accepting SHA-1 accepts no other signature than the AIK's.
    let accepting = TpmPolicy { rs1: Rs1::Accepted, ..TpmPolicy::STRICT };
    let spoilt = Pc { sabotage: Some(Sabotage::Signature), ..pc(&mut root) };
    assert_eq!(refused(spoilt.register(&root, accepting, now())), AttestationError::Signature);
    // And no ECDSA key signs in this way.
    let mismatched = Pc {
        sabotage: Some(Sabotage::Statement(|statement| {
            statement.splice(5..6, [0x39, 0xff, 0xfe]);
        })),
        ..Pc::new(root.aik(AAGUID, Soft::Es256))
    };
    assert_eq!(refused(mismatched.register(&root, accepting, now())), AttestationError::Signature);
}
