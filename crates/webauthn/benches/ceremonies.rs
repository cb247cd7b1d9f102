//! How fast the ceremonies are verified, beside the raw signature check in the same run.
//!
//! `cargo bench -p firstkey-webauthn`. The last lines are shares of the raw rate; both sides take
//! turns, so that what else the machine does disturbs them alike.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on should stop")]

use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ParsedPublicKey, UnparsedPublicKey};
use criterion::Criterion;
use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, SoftAuthenticator, TestAuthority,
};
use firstkey_webauthn::authentication::{
    self, Account, AssertionEvidence, StoredCredential, UnverifiedAssertion, VerifiedAssertion,
};
use firstkey_webauthn::registration::{
    self, Conveyance, Mediation, UnverifiedRegistration, User, VerifiedRegistration,
};
use firstkey_webauthn::{
    Algorithm, Challenge, CosePublicKey, RelyingParty, TrustAnchor, TrustPolicy, UserHandle,
    UserVerification,
};

const ORIGIN: &str = "https://example.org";
const CHALLENGE: Challenge = Challenge::new([0x5a; 32]);

/// Rounds of each side in turn, and calls in a round: some milliseconds each.
const ROUNDS: usize = 301;
const CALLS: u32 = 100;

fn main() {
    let ceremony = Ceremony::new();
    let registered = ceremony.register();
    let stored_key = registered.public_key.to_bytes();
    let asserted = ceremony.sign_in(&registered, &stored_key);
    let raw = Raw::new(&asserted.evidence, &stored_key);

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("ES256");
    group.bench_function("raw, point parsed each time", |b| b.iter(|| raw.verify()));
    group.bench_function("raw, key parsed once", |b| b.iter(|| raw.verify_parsed()));
    group.bench_function("assertion, from JSON", |b| {
        b.iter(|| ceremony.sign_in(&registered, &stored_key));
    });
    group.bench_function("assertion, read only", |b| b.iter(|| ceremony.read()));
    group.bench_function("registration with packed x5c, from JSON", |b| {
        b.iter(|| ceremony.register());
    });
    group.finish();
    criterion.final_summary();

    let sign_in = || drop(black_box(ceremony.sign_in(&registered, &stored_key)));
    let share = 100.0 * median_ratio(|| raw.verify(), sign_in);
    println!("assertions reach {share:.1} % of the raw rate, point parsed each time");
    let share = 100.0 * median_ratio(|| raw.verify_parsed(), sign_in);
    println!("assertions reach {share:.1} % of the raw rate, key parsed once");
}

/// The median, over rounds in turn, of how long `first` takes of what `second` takes.
fn median_ratio(mut first: impl FnMut(), mut second: impl FnMut()) -> f64 {
    let round = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..CALLS).for_each(|_| work());
        start.elapsed().as_secs_f64()
    };
    let mut ratios: Vec<f64> =
        (0..ROUNDS).map(|_| round(&mut first) / round(&mut second)).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ROUNDS / 2]
}

/// The raw check: the same bytes, the point as it is stored.
struct Raw {
    message: Vec<u8>,
    signature: Vec<u8>,
    point: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl Raw {
    fn new(evidence: &AssertionEvidence, stored_key: &[u8]) -> Self {
        let hash = digest(&SHA256, evidence.client_data_json());
        let point = [&[4], &stored_key[10..42], &stored_key[45..]].concat();
        Self {
            message: [evidence.authenticator_data(), hash.as_ref()].concat(),
            signature: evidence.signature().to_vec(),
            parsed: ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &point).unwrap(),
            point,
        }
    }

    fn verify(&self) {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &self.point);
        key.verify(&self.message, &self.signature).unwrap();
    }

    fn verify_parsed(&self) {
        self.parsed.verify_sig(&self.message, &self.signature).unwrap();
    }
}

/// One relying party, one account, and what a key made for it.
struct Ceremony {
    party: RelyingParty,
    handle: UserHandle,
    anchors: Vec<TrustAnchor>,
    created: String,
    asserted: String,
}

impl Ceremony {
    fn new() -> Self {
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
        let options = authentication::Options::new(&party, CHALLENGE);
        let options = serde_json::to_value(options).unwrap();
        let asserted = key.get(&options, ORIGIN).unwrap().to_string();
        Self { party, handle, anchors, created, asserted }
    }

    fn register(&self) -> VerifiedRegistration {
        let read: UnverifiedRegistration = serde_json::from_str(&self.created).unwrap();
        let expected = registration::Expected {
            challenge: &CHALLENGE,
            user_verification: UserVerification::Required,
            algorithms: Algorithm::OFFERED,
            mediation: Mediation::Modal,
            trust: TrustPolicy::trusting(&self.anchors),
            now: SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000),
        };
        read.verify(&self.party, &expected).unwrap()
    }

    fn read(&self) -> UnverifiedAssertion {
        serde_json::from_str(&self.asserted).unwrap()
    }

    fn sign_in(&self, registered: &VerifiedRegistration, stored_key: &[u8]) -> VerifiedAssertion {
        let expected = authentication::Expected {
            challenge: &CHALLENGE,
            user_verification: UserVerification::Required,
            account: Account::Discovered,
            stored: StoredCredential {
                id: &registered.credential_id,
                public_key: &CosePublicKey::from_bytes(stored_key).unwrap(),
                user_handle: &self.handle,
                backup_eligible: false,
                sign_count: 0,
            },
        };
        self.read().verify(&self.party, &expected).unwrap()
    }
}
