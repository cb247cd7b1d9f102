//! Certificate chains before both: whether they lead to the one root that both accept.

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, AttestationKey, SoftAuthenticator, TestAuthority,
};
use firstkey_webauthn::registration;
use firstkey_webauthn::{Aaguid, TrustAnchor, TrustPolicy};
use rcgen::{BasicConstraints, CertificateParams, CustomExtension, IsCa, KeyUsagePurpose};
use serde_json::Value;

use super::differences::AT_TRUST;
use super::inputs::edited;
use super::{Registering, Tally, member, verdict, with};
use crate::support::*;

/// The root that both accept, for the model [`AAGUID`].
fn root() -> TestAuthority {
    TestAuthority::new(1)
}

/// Attestation keys certified well, badly, and by others.
fn certified() -> Vec<(&'static str, AttestationKey)> {
    let past = rcgen::date_time_ymd(2021, 1, 1);
    let future = rcgen::date_time_ymd(2045, 1, 1);
    let leaf = |customize: &dyn Fn(&mut CertificateParams)| {
        root().attestation_key_with(AAGUID, Soft::Es256, |params| customize(params))
    };
    let below = |customize: &dyn Fn(&mut CertificateParams)| {
        let mut intermediate = root().intermediate(|params| customize(params));
        intermediate.attestation_key(AAGUID, Soft::Es256)
    };
    let critical = || {
        let mut extension = CustomExtension::from_oid_content(&[1, 2, 3, 4], vec![5, 0]);
        extension.set_criticality(true);
        extension
    };
    let two_below = |length| {
        let mut first = root().intermediate(|params| {
            params.is_ca = IsCa::Ca(BasicConstraints::Constrained(length));
        });
        first.intermediate(|_| ()).attestation_key(AAGUID, Soft::Es256)
    };
    let resent = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let key = below(&|_| ());
        let mut chain = key.chain().to_vec();
        change(&mut chain);
        key.with_chain(chain)
    };
    let stranger = TestAuthority::new(2).attestation_key(AAGUID, Soft::Es256);
    vec![
        ("sound", leaf(&|_| ())),
        ("RSA", root().attestation_key(AAGUID, Soft::Rs256)),
        ("sound through an intermediate", below(&|_| ())),
        ("sound through two", two_below(1)),
        ("path too long", two_below(0)),
        ("another root", stranger),
        ("expired", leaf(&|params| params.not_after = past)),
        ("not yet valid", leaf(&|params| params.not_before = future)),
        ("intermediate expired", below(&|params| params.not_after = past)),
        (
            "an authority itself",
            leaf(&|params| {
                params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            }),
        ),
        ("no basic constraints", leaf(&|params| params.is_ca = IsCa::NoCa)),
        ("issued by no authority", below(&|params| params.is_ca = IsCa::ExplicitNoCa)),
        (
            "issued by who may not",
            below(&|params| {
                params.key_usages = vec![KeyUsagePurpose::CrlSign];
            }),
        ),
        (
            "another model",
            leaf(&|params| {
                params.custom_extensions = vec![TestAuthority::aaguid_extension([7; 16])];
            }),
        ),
        ("no model", leaf(&|params| params.custom_extensions.clear())),
        ("unknown critical extension", leaf(&|params| params.custom_extensions.push(critical()))),
        ("root sent along", resent(&|chain| chain.push(root().certificate().to_vec()))),
        ("intermediate missing", resent(&|chain| chain.truncate(1))),
        ("intermediate twice", resent(&|chain| chain.push(chain[1].clone()))),
        ("wrong order", resent(&|chain| chain.reverse())),
        (
            "a stranger in between",
            resent(&|chain| {
                chain.insert(1, TestAuthority::new(3).certificate().to_vec());
            }),
        ),
        (
            "a stranger at the end",
            resent(&|chain| {
                chain.push(TestAuthority::new(3).certificate().to_vec());
            }),
        ),
    ]
}

#[test]
fn chains() {
    let registering = Registering::new();
    let anchors = vec![TrustAnchor::from_der(root().certificate()).unwrap()];
    let model = Aaguid::new(AAGUID).to_string();
    let judge = |response: &Value| {
        let challenge = &registering.theirs.challenge;
        let trust = TrustPolicy::trusting(&anchors);
        let expected = registration::Expected { challenge, trust, ..expected() };
        let read = serde_json::from_value::<registration::UnverifiedRegistration>(response.clone());
        let ours = read.map_err(|error| error.to_string()).and_then(|read| {
            read.verify(&party(), &expected).map_err(|error| format!("{error:?}"))
        });
        let theirs = registering.theirs.register_trusting(response, root().certificate(), &model);
        (verdict(ours), verdict(theirs))
    };
    let mut tally = Tally::default();
    for (what, key) in certified() {
        let attestation = Attestation::Packed(key);
        let mut key = SoftAuthenticator::new(1).with_attestation(AAGUID, attestation);
        let response = registering.create(&mut key);
        tally.judge(what, "", judge(&response));
        if !what.starts_with("sound through an") {
            continue;
        }
        for (at, bytes) in edited(&member(&response, "attestationObject")).step_by(9) {
            let spoilt = with(&response, "attestationObject", bytes);
            tally.judge("bytes", at, judge(&spoilt));
        }
    }
    assert!(tally.judged > 1500);
    tally.check(&[AT_TRUST]);
}
