//! The certificate of the attestation identity key, and where it leads.

use std::time::{Duration, SystemTime};

use firstkey_testkit::authenticator::{Algorithm as Soft, TestAuthority};
use firstkey_webauthn::{
    AttestationError, ChainError, TpmError, TpmManufacturer, TpmPolicy, Trust,
};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, date_time_ymd,
};

use super::{Pc, certified, refused};
use crate::support::*;

/// Relative distinguished names, as [`TestAuthority::tpm_name`] takes them.
type Names<'a> = &'a [&'a [(u8, &'a str)]];

#[test]
fn an_older_kind_of_certificate_is_refused() {
    let mut root = TestAuthority::new(1);
    let aik = root.aik(AAGUID, Soft::Es256);
    let mut chain = aik.chain().to_vec();
    // Version 3 is [0] INTEGER 2, at the beginning of the signed part.
    let version = [0xa0, 0x03, 0x02, 0x01, 0x02];
    let at = chain[0].windows(5).position(|window| window == version).unwrap();
    chain[0][at + 4] = 1;
    let registered = Pc::new(aik.with_chain(chain)).register(&root, TpmPolicy::STRICT, now());
    assert_eq!(refused(registered), AttestationError::Profile("version is not 3"));
}

/// What an AIK's certificate changed like this is refused for.
fn misissued(customize: impl FnOnce(&mut CertificateParams)) -> AttestationError {
    let mut root = TestAuthority::new(1);
    let aik = root.aik_with(AAGUID, Soft::Es256, customize);
    refused(Pc::new(aik).register(&root, TpmPolicy::STRICT, now()))
}

#[test]
fn the_aiks_certificate_must_fit_its_profile() {
    use AttestationError::{Aaguid, Profile};

    let named = misissued(|params| params.distinguished_name.push(DnType::CommonName, "AIK"));
    assert_eq!(named, Profile("subject is not empty"));

    let usage = "extended key usage does not say that it is an AIK's";
    assert_eq!(misissued(|params| params.extended_key_usages.clear()), Profile(usage));
    // tcg-kp-EKCertificate
    let endorsement = ExtendedKeyUsagePurpose::Other(vec![2, 23, 133, 8, 1]);
    assert_eq!(misissued(|params| params.extended_key_usages = vec![endorsement]), Profile(usage));

    let constraints = "basic constraints do not say that it is no authority";
    let authority = misissued(|params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained));
    assert_eq!(authority, Profile(constraints));
    assert_eq!(misissued(|params| params.is_ca = IsCa::NoCa), Profile(constraints));

    let other_model = misissued(|params| {
        params.custom_extensions[1] = TestAuthority::aaguid_extension([1; 16]);
    });
    assert_eq!(other_model, Aaguid);
}

#[test]
fn the_aiks_certificate_names_its_tpm() {
    use AttestationError::Profile;

    let unnamed = misissued(|params| {
        params.custom_extensions.remove(0);
    });
    assert_eq!(unnamed, Profile("there is no subject alternative name"));

    let manufacturer = (1, "id:49424D00");
    let (model, version) = ((2, "Soft TPM"), (3, "id:00010002"));
    let not_named = "the TPM's manufacturer is not named";
    let cases: [(Names<'_>, AttestationError); 7] = [
        (&[&[model], &[version]], Profile(not_named)),
        (&[&[manufacturer], &[version]], Profile("the TPM's model is not named")),
        (&[&[manufacturer], &[model]], Profile("the TPM's version is not named")),
        (&[&[manufacturer], &[(1, "id:414D4400")], &[model], &[version]], Profile(not_named)),
        (
            &[&[(1, "49424D00")], &[model], &[version]],
            Profile("the TPM's manufacturer is malformed"),
        ),
        (&[&[(1, "id:FFFFF1D0")], &[model], &[version]], TpmError::Manufacturer.into()),
        (&[&[(1, "id:00000000")], &[model], &[version]], TpmError::Manufacturer.into()),
    ];
    for (names, error) in cases {
        let name = TestAuthority::tpm_name(names);
        assert_eq!(misissued(|params| params.custom_extensions[0] = name), error, "{names:?}");
    }
}

#[test]
fn a_tpm_may_be_named_all_at_once_and_by_a_manufacturer_of_the_policys() {
    let mut root = TestAuthority::new(1);
    let aik = root.aik_with(AAGUID, Soft::Es256, |params| {
        let attributes: [(u8, &str); 3] = [(1, "id:fffff1d0"), (2, "Other"), (3, "id:13")];
        params.custom_extensions[0] = TestAuthority::tpm_name(&[&attributes]);
    });
    let others = [TpmManufacturer::new(*b"\xff\xff\xf1\xd0")];
    let policy = TpmPolicy { other_manufacturers: &others, ..TpmPolicy::STRICT };
    let found = certified(Pc::new(aik).register(&root, policy, now()).unwrap());
    assert_eq!(found.facts.tpm.unwrap().manufacturer, others[0]);
}

#[test]
fn an_aik_that_leads_to_no_root_is_reported_as_untrusted() {
    let why = |aik, root: &TestAuthority, now| {
        let found = certified(Pc::new(aik).register(root, TpmPolicy::STRICT, now).unwrap());
        // What it says of itself is then no fact.
        assert_eq!((found.facts.tpm, found.facts.certified_model), (None, None));
        match found.trust {
            Trust::Unanchored(reason) => reason,
            Trust::Anchored(_) => panic!("trusted"),
        }
    };
    let mut root = TestAuthority::new(1);
    let elsewhere = TestAuthority::new(2).aik(AAGUID, Soft::Es256);
    assert_eq!(why(elsewhere, &root, now()), ChainError::NoAnchor);
    let expired = root.aik_with(AAGUID, Soft::Es256, |params| {
        params.not_after = date_time_ymd(2025, 1, 1);
    });
    assert_eq!(why(expired, &root, now()), ChainError::Validity);
    let in_1971 = SystemTime::UNIX_EPOCH + Duration::from_secs(31_557_600);
    assert_eq!(why(root.aik(AAGUID, Soft::Es256), &root, in_1971), ChainError::Validity);
}
