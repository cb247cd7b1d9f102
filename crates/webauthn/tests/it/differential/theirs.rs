//! The other relying party: webauthn-rs-core, set up to ask for the same as ours.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use firstkey_webauthn::Challenge;
use serde_json::Value;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::proto::{
    AttestationCaListBuilder, AuthenticationState, COSEAlgorithm, Credential, RegistrationState,
    UserVerificationPolicy,
};

/// What the other makes of a response: accepted, or refused with its error's name.
pub(super) type Verdict<T> = Result<T, String>;

/// It draws its challenges itself, so ours follow.
pub(super) struct Begun<S> {
    pub(super) challenge: Challenge,
    state: S,
}

static CORE: LazyLock<WebauthnCore> = LazyLock::new(|| {
    WebauthnCore::new_unsafe_experts_only(
        "Example",
        "example.org",
        vec!["https://example.org".parse().unwrap()],
        Duration::from_secs(300),
        Some(false),
        Some(false),
    )
});

fn challenge(options: &impl serde::Serialize) -> Challenge {
    let options = serde_json::to_value(options).unwrap();
    let text = options["publicKey"]["challenge"].as_str().unwrap();
    Challenge::new(crate::support::decode(text).try_into().unwrap())
}

pub(super) fn begin_registration() -> Begun<RegistrationState> {
    let builder = CORE
        .new_challenge_register_builder(b"account 1", "ada@example.org", "Ada")
        .unwrap()
        .user_verification_policy(UserVerificationPolicy::Required)
        .credential_algorithms(COSEAlgorithm::all_possible_algs());
    let (options, state) = CORE.generate_challenge_register(builder).unwrap();
    Begun { challenge: challenge(&options), state }
}

impl Begun<RegistrationState> {
    pub(super) fn register(&self, response: &Value) -> Verdict<Credential> {
        let read = serde_json::from_value(response.clone()).map_err(|_| "Json".to_owned())?;
        CORE.register_credential(&read, &self.state, None).map_err(|error| name(&error))
    }
}

impl Begun<RegistrationState> {
    /// Where an attestation by this root, for this model, is needed.
    pub(super) fn register_trusting(
        &self,
        response: &Value,
        root: &[u8],
        model: &str,
    ) -> Verdict<Credential> {
        let mut roots = AttestationCaListBuilder::new();
        let model = model.parse().unwrap();
        roots.insert_device_der(root, model, "model".to_owned(), BTreeMap::new()).unwrap();
        let read = serde_json::from_value(response.clone()).map_err(|_| "Json".to_owned())?;
        CORE.register_credential(&read, &self.state, Some(&roots.build()))
            .map_err(|error| name(&error))
    }
}

pub(super) fn begin_authentication(credential: Credential) -> Begun<AuthenticationState> {
    let policy = Some(UserVerificationPolicy::Required);
    let builder = CORE.new_challenge_authenticate_builder(vec![credential], policy).unwrap();
    let (options, state) = CORE.generate_challenge_authenticate(builder).unwrap();
    Begun { challenge: challenge(&options), state }
}

impl Begun<AuthenticationState> {
    pub(super) fn authenticate(&self, response: &Value) -> Verdict<()> {
        let read = serde_json::from_value(response.clone()).map_err(|_| "Json".to_owned())?;
        CORE.authenticate_credential(&read, &self.state).map(drop).map_err(|error| name(&error))
    }
}

/// The variant's name, without what it carries.
fn name(error: &webauthn_rs_core::error::WebauthnError) -> String {
    let text = format!("{error:?}");
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
}
