//! Every statement format, attested under one root, and how much then speaks for a credential.

use std::sync::LazyLock;

use firstkey_testkit::authenticator::{
    AikHash, Algorithm as Soft, Attestation, KeyDescription, KeyStore, SoftAuthenticator,
    TestAuthority,
};
use firstkey_webauthn::{
    AttestationKind, Certified, Requirement, TpmPolicy, Trust, TrustAnchor, TrustPolicy,
};
use serde_json::Value;

use crate::support::*;

/// A way to attest.
pub(crate) struct Statement {
    pub(crate) name: &'static str,
    /// Made for credentials that use one of these.
    pub(crate) algorithms: &'static [Soft],
    /// The model that the authenticator tells.
    aaguid: [u8; 16],
    attest: fn(Soft) -> Attestation,
}

/// Its signature covers less than the others'.
pub(crate) const FIDO_U2F: &str = "fido-u2f";

pub(crate) const STATEMENTS: [Statement; 9] = [
    Statement {
        name: "packed, self",
        algorithms: &[Soft::Es256, Soft::EdDsa, Soft::Es384, Soft::Es512, Soft::Ps256, Soft::Rs256],
        aaguid: AAGUID,
        attest: |_| Attestation::PackedSelf,
    },
    Statement {
        name: "packed, x5c",
        algorithms: &[Soft::EdDsa],
        aaguid: AAGUID,
        attest: |soft| Attestation::Packed(root().attestation_key(AAGUID, soft)),
    },
    Statement {
        name: "packed, x5c of two, with a serial number",
        algorithms: &[Soft::Es256],
        aaguid: AAGUID,
        attest: |soft| {
            let key = root().intermediate(|_| ()).attestation_key_with(AAGUID, soft, |params| {
                params.custom_extensions.push(TestAuthority::serial_number_extension(b"1"));
            });
            Attestation::Packed(key)
        },
    },
    Statement {
        name: "tpm",
        algorithms: &[Soft::Es256],
        aaguid: AAGUID,
        attest: |soft| Attestation::Tpm(root().aik(AAGUID, soft), AikHash::Sha2),
    },
    Statement {
        name: "tpm, with SHA-1",
        algorithms: &[Soft::Rs256],
        aaguid: AAGUID,
        attest: |soft| Attestation::Tpm(root().aik(AAGUID, soft), AikHash::Sha1),
    },
    Statement {
        name: "android-key",
        algorithms: &[Soft::Es256],
        aaguid: AAGUID,
        attest: |_| Attestation::AndroidKey(KeyStore::new(root()), KeyDescription::hardware()),
    },
    Statement {
        name: "apple",
        algorithms: &[Soft::Es256],
        aaguid: AAGUID,
        attest: |_| Attestation::Apple(KeyStore::new(root())),
    },
    Statement {
        name: FIDO_U2F,
        algorithms: &[Soft::Es256],
        aaguid: [0; 16],
        attest: |soft| Attestation::FidoU2f(root().u2f_key_with(soft, |_| ())),
    },
    // What spoils one of the two leaves the other's root.
    Statement {
        name: "compound",
        algorithms: &[Soft::Es256],
        aaguid: AAGUID,
        attest: |_| {
            let android = KeyDescription::software();
            Attestation::Compound(vec![
                Attestation::Apple(KeyStore::new(root())),
                Attestation::AndroidKey(KeyStore::new(root()), android),
            ])
        },
    },
];

impl Statement {
    /// An authenticator that attests in this way.
    pub(crate) fn authenticator(&self, soft: Soft) -> SoftAuthenticator {
        SoftAuthenticator::new(1)
            .with_algorithm(soft)
            .with_attestation(self.aaguid, (self.attest)(soft))
    }
}

static ANCHORS: LazyLock<Vec<TrustAnchor>> =
    LazyLock::new(|| vec![TrustAnchor::from_der(root().certificate()).unwrap()]);

/// The root of them all.
pub(crate) fn root() -> TestAuthority {
    TestAuthority::new(1)
}

/// How many statements lead from this registration to the root, or one where the credential's own
/// key has signed; none when it is refused.
pub(crate) fn vouched(response: Value) -> usize {
    let mut expected = expected();
    expected.trust = TrustPolicy {
        requirement: Requirement::Any,
        tpm: TpmPolicy::WINDOWS_HELLO,
        ..TrustPolicy::trusting(&*ANCHORS)
    };
    let Ok(verified) = register(response, &expected) else { return 0 };
    if verified.attestation.kind == AttestationKind::SelfSigned {
        return 1;
    }
    let anchored = |certified: &&Certified| matches!(certified.trust, Trust::Anchored(_));
    verified.attestation.certified().filter(anchored).count()
}
