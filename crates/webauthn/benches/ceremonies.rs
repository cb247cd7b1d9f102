//! How fast the ceremonies are verified, beside the raw signature check in the same run.
//!
//! `cargo bench -p firstkey-webauthn`

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop")]

use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ParsedPublicKey, UnparsedPublicKey};
use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, SoftAuthenticator, TestAuthority,
};
use firstkey_webauthn::authentication::{self, Account, StoredCredential, UnverifiedAssertion};
use firstkey_webauthn::registration::{self, Conveyance, Mediation, UnverifiedRegistration, User};
use firstkey_webauthn::{
    Algorithm, Challenge, CosePublicKey, RelyingParty, TrustAnchor, TrustPolicy, UserHandle,
    UserVerification,
};

const ORIGIN: &str = "https://example.org";
const CHALLENGE: Challenge = Challenge::new([0x5a; 32]);

fn main() {
    let party = RelyingParty::new("example.org", "Example", [ORIGIN]).unwrap();
    let handle = UserHandle::new(b"account 1").unwrap();
    let mut root = TestAuthority::new(1);
    let certified = Attestation::Packed(root.attestation_key([7; 16], Soft::Es256));
    let anchors = vec![TrustAnchor::from_der(root.certificate()).unwrap()];
    let mut key = SoftAuthenticator::new(1).with_attestation([7; 16], certified);

    let user = User { id: &handle, name: "ada", display_name: "Ada" };
    let options = registration::Options::new(&party, user, CHALLENGE);
    let options = serde_json::to_value(options.attestation(Conveyance::Direct)).unwrap();
    let created = key.create(&options, ORIGIN).unwrap().to_string();
    let expected = registration::Expected {
        challenge: &CHALLENGE,
        user_verification: UserVerification::Required,
        algorithms: Algorithm::OFFERED,
        mediation: Mediation::Modal,
        trust: TrustPolicy::trusting(&anchors),
        now: SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000),
    };
    let register = || {
        let read: UnverifiedRegistration = serde_json::from_str(&created).unwrap();
        read.verify(&party, &expected).unwrap()
    };
    let registered = register();

    let options = authentication::Options::new(&party, CHALLENGE);
    let asserted = key.get(&serde_json::to_value(options).unwrap(), ORIGIN).unwrap().to_string();
    let stored_key = registered.public_key.to_bytes();
    let sign_in = || {
        let read: UnverifiedAssertion = serde_json::from_str(&asserted).unwrap();
        let expected = authentication::Expected {
            challenge: &CHALLENGE,
            user_verification: UserVerification::Required,
            account: Account::Discovered,
            stored: StoredCredential {
                id: &registered.credential_id,
                public_key: &CosePublicKey::from_bytes(&stored_key).unwrap(),
                user_handle: &handle,
                backup_eligible: false,
                sign_count: 0,
            },
        };
        read.verify(&party, &expected).unwrap()
    };

    // The raw check: the same bytes, the point as it is stored.
    let evidence = sign_in().evidence;
    let hash = digest(&SHA256, evidence.client_data_json());
    let message = [evidence.authenticator_data(), hash.as_ref()].concat();
    let point = [&[4], &stored_key[10..42], &stored_key[45..]].concat();
    let parsed = ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &point).unwrap();
    let unparsed = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &point);

    let raw = measure("raw ES256, point parsed each time", || {
        unparsed.verify(&message, evidence.signature()).unwrap();
    });
    measure("raw ES256, key parsed once", || {
        parsed.verify_sig(&message, evidence.signature()).unwrap();
    });
    let whole = measure("assertion from JSON, ES256", || drop(black_box(sign_in())));
    measure("registration from JSON, packed x5c", || drop(black_box(register())));
    println!("assertions reach {:.0} % of the raw rate", 100.0 * raw / whole);
}

/// Prints and returns the best of ten means, in microseconds: what other work on the machine
/// disturbed least.
fn measure(name: &str, mut run: impl FnMut()) -> f64 {
    const ROUND: u32 = 1000;
    let best = (0..10)
        .map(|_| {
            let start = Instant::now();
            (0..ROUND).for_each(|_| run());
            start.elapsed() / ROUND
        })
        .min()
        .unwrap_or_default();
    let micros = best.as_secs_f64() * 1e6;
    println!("{name:40} {micros:8.1} µs {:9.0}/s", 1e6 / micros);
    micros
}
