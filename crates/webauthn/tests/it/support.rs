//! One relying party, and short ways through its ceremonies.

use std::time::{Duration, SystemTime};

use firstkey_testkit::authenticator::{self, SoftAuthenticator};
use firstkey_webauthn::authentication::{self, AssertionError, UnverifiedAssertion};
use firstkey_webauthn::registration::{
    self, Conveyance, Mediation, RegistrationError, UnverifiedRegistration, User,
};
use firstkey_webauthn::{
    Algorithm, Challenge, Descriptor, RelyingParty, TrustPolicy, UserHandle, UserVerification,
};
use serde_json::Value;

pub(crate) use firstkey_webauthn::authentication::{Account, StoredCredential, VerifiedAssertion};
pub(crate) use firstkey_webauthn::registration::VerifiedRegistration;

pub(crate) const ORIGIN: &str = "https://example.org";
pub(crate) const CHALLENGE: Challenge = Challenge::new([0x5a; 32]);
pub(crate) const AAGUID: [u8; 16] = *b"a soft test key!";

/// Every algorithm, as the relying party and as the authenticator name it.
pub(crate) const ALGORITHMS: [(Algorithm, authenticator::Algorithm); 6] = [
    (Algorithm::Es256, authenticator::Algorithm::Es256),
    (Algorithm::EdDsa, authenticator::Algorithm::EdDsa),
    (Algorithm::Es384, authenticator::Algorithm::Es384),
    (Algorithm::Es512, authenticator::Algorithm::Es512),
    (Algorithm::Ps256, authenticator::Algorithm::Ps256),
    (Algorithm::Rs256, authenticator::Algorithm::Rs256),
];

pub(crate) fn party() -> RelyingParty {
    RelyingParty::new("example.org", "Example", [ORIGIN]).unwrap()
}

pub(crate) fn handle() -> UserHandle {
    UserHandle::new(b"account 1").unwrap()
}

/// A time at which the test authority's certificates are valid: 2030.
pub(crate) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000)
}

pub(crate) fn creation_options() -> Value {
    let (party, handle) = (party(), handle());
    let user = User { id: &handle, name: "ada@example.org", display_name: "Ada" };
    let options = registration::Options::new(&party, user, CHALLENGE)
        .algorithms(Algorithm::ALL)
        .attestation(Conveyance::Direct);
    serde_json::to_value(options).unwrap()
}

pub(crate) fn request_options(allowed: &[Descriptor]) -> Value {
    let party = party();
    serde_json::to_value(authentication::Options::new(&party, CHALLENGE).allow(allowed)).unwrap()
}

/// What a registration is checked against; tests change what they are about.
pub(crate) fn expected() -> registration::Expected<'static> {
    registration::Expected {
        challenge: &CHALLENGE,
        user_verification: UserVerification::Required,
        algorithms: Algorithm::ALL,
        mediation: Mediation::Modal,
        trust: TrustPolicy::NONE,
        now: now(),
    }
}

/// A response to [`creation_options`].
pub(crate) fn create(key: &mut SoftAuthenticator) -> Value {
    key.create(&creation_options(), ORIGIN).unwrap()
}

/// A response to [`request_options`].
pub(crate) fn get(key: &mut SoftAuthenticator) -> Value {
    key.get(&request_options(&[]), ORIGIN).unwrap()
}

pub(crate) fn register(
    response: Value,
    expected: &registration::Expected<'_>,
) -> Result<VerifiedRegistration, RegistrationError> {
    let unverified: UnverifiedRegistration = serde_json::from_value(response).unwrap();
    unverified.verify(&party(), expected)
}

/// Creates and verifies in one go.
pub(crate) fn registered(key: &mut SoftAuthenticator) -> VerifiedRegistration {
    register(create(key), &expected()).unwrap()
}

/// Checks a response to [`request_options`] against a registration, the account being known.
pub(crate) fn assert_by(
    response: Value,
    registered: &VerifiedRegistration,
) -> Result<VerifiedAssertion, AssertionError> {
    let handle = handle();
    assert_with(response, &expected_by(registered, &handle))
}

pub(crate) fn assert_with(
    response: Value,
    expected: &authentication::Expected<'_>,
) -> Result<VerifiedAssertion, AssertionError> {
    let unverified: UnverifiedAssertion = serde_json::from_value(response).unwrap();
    unverified.verify(&party(), expected)
}

/// What an assertion is checked against; tests change what they are about.
pub(crate) fn expected_by<'a>(
    registered: &'a VerifiedRegistration,
    user_handle: &'a UserHandle,
) -> authentication::Expected<'a> {
    authentication::Expected {
        challenge: &CHALLENGE,
        user_verification: UserVerification::Required,
        account: Account::Known { allowed: &[] },
        stored: StoredCredential {
            id: &registered.credential_id,
            public_key: &registered.public_key,
            user_handle,
            backup_eligible: registered.backup_eligible,
            sign_count: registered.sign_count,
        },
    }
}

/// Replaces a base64url member of a response.
pub(crate) fn edit(response: &mut Value, member: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = decode(response["response"][member].as_str().unwrap());
    change(&mut bytes);
    response["response"][member] = encode(&bytes).into();
}

pub(crate) fn decode(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
