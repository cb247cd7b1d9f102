//! An assertion is verified without touching the heap: what it owns was allocated when its JSON
//! was read, one piece for each binary member.
//!
//! A test binary of its own, because counting takes a global allocator.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say so and stop")]

use std::alloc::System;
use std::time::SystemTime;

use firstkey_testkit::authenticator::{Algorithm as Soft, SoftAuthenticator};
use firstkey_webauthn::authentication::{self, Account, StoredCredential, UnverifiedAssertion};
use firstkey_webauthn::registration::{self, UnverifiedRegistration, User};
use firstkey_webauthn::{
    Algorithm, Challenge, CosePublicKey, Mediation, RelyingParty, TrustPolicy, UserHandle,
    UserVerification,
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ORIGIN: &str = "https://example.org";
const CHALLENGE: Challenge = Challenge::new([0x5a; 32]);

/// `id`, `rawId`, `clientDataJSON`, `authenticatorData`, `signature` and `userHandle`.
const BINARY_MEMBERS: usize = 6;

/// How many pieces of memory `work` takes. The harness has a thread of its own, so the least of
/// some runs is what counts.
fn allocations<T>(mut work: impl FnMut() -> T) -> usize {
    let once = |_| {
        let region = Region::new(COUNTING);
        let result = work();
        let change = region.change();
        drop(result);
        change.allocations + change.reallocations
    };
    (0..20).map(once).min().unwrap()
}

#[test]
fn verifying_an_assertion_allocates_nothing() {
    // The counter counts.
    assert_eq!(allocations(|| vec![0_u8; 100]), 1);

    for soft in [Soft::Es256, Soft::EdDsa] {
        let party = RelyingParty::new("example.org", "Example", [ORIGIN]).unwrap();
        let handle = UserHandle::new(b"account 1").unwrap();
        let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
        let registered = register(&party, &handle, &mut key);
        let stored_key = registered.public_key.to_bytes();
        let options = authentication::Options::new(&party, CHALLENGE);
        let response = key.get(&serde_json::to_value(options).unwrap(), ORIGIN).unwrap();
        let response = response.to_string();

        let read = || serde_json::from_str::<UnverifiedAssertion>(&response).unwrap();
        assert_eq!(allocations(read), BINARY_MEMBERS, "{soft:?}");
        let read_and_verified = allocations(|| {
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
            read().verify(&party, &expected).unwrap()
        });
        assert_eq!(read_and_verified, BINARY_MEMBERS, "{soft:?}");
    }
}

fn register(
    party: &RelyingParty,
    handle: &UserHandle,
    key: &mut SoftAuthenticator,
) -> registration::VerifiedRegistration {
    let user = User { id: handle, name: "ada", display_name: "Ada" };
    let options = registration::Options::new(party, user, CHALLENGE);
    let created = key.create(&serde_json::to_value(options).unwrap(), ORIGIN).unwrap();
    let created: UnverifiedRegistration = serde_json::from_value(created).unwrap();
    let expected = registration::Expected {
        challenge: &CHALLENGE,
        user_verification: UserVerification::Required,
        algorithms: Algorithm::ALL,
        mediation: Mediation::Modal,
        trust: TrustPolicy::NONE,
        now: SystemTime::UNIX_EPOCH,
    };
    created.verify(party, &expected).unwrap()
}
