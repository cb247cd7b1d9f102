//! The same responses before two relying parties, ours and webauthn-rs-core.
//!
//! Most are spoilt: each bit flipped, each byte left out or doubled, one lie at a time. Where the
//! verdicts differ, [`differences`] lists how, and the clause that decides.

mod differences;
mod inputs;
mod statements;
mod theirs;
mod trust;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::slice;

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, Sabotage, SoftAuthenticator, TestAuthority,
};
use firstkey_webauthn::authentication::{self, UnverifiedAssertion};
use firstkey_webauthn::registration::{self, UnverifiedRegistration};
use firstkey_webauthn::{TpmPolicy, TrustPolicy};
use serde_json::Value;
use webauthn_rs_core::proto::{AuthenticationState, RegistrationState};

use self::differences::{AT_ASSERTION, AT_REGISTRATION, Difference, IN_BOTH};
use self::inputs::edited;
use self::theirs::Begun;
use crate::support::*;

const ACCEPTED: &str = "accepted";

/// `accepted`, or the error's names without what they carry.
fn verdict<T, E: Debug>(outcome: Result<T, E>) -> String {
    let Err(error) = outcome else { return ACCEPTED.to_owned() };
    let text = format!("{error:?}");
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// What is known of a response whose verdicts differ: what was done to it, and both verdicts.
type Case = (String, String, String);

/// Counts the responses that were judged, and keeps those whose verdicts differ, with how often
/// and where first.
#[derive(Default)]
struct Tally {
    judged: usize,
    differ: BTreeMap<Case, (usize, String)>,
}

impl Tally {
    /// `what` was done, `at` some place or in some response.
    fn judge(&mut self, what: &str, at: impl Into<String>, (ours, theirs): (String, String)) {
        self.judged += 1;
        if (ours == ACCEPTED) != (theirs == ACCEPTED) {
            let case = (what.to_owned(), ours, theirs);
            self.differ.entry(case).or_insert_with(|| (0, at.into())).0 += 1;
        }
    }

    /// Fails for a difference that is not on the list, and for one that no longer exists.
    fn check(&self, known: &[&[Difference]]) {
        let listed: BTreeSet<Case> =
            known.iter().copied().flatten().flat_map(Difference::cases).collect();
        let mut wrong = Vec::new();
        for (case, (count, first)) in &self.differ {
            if !listed.contains(case) {
                let (what, ours, theirs) = case;
                wrong.push(format!("new: {what}: {ours} / {theirs}, {count} times, first {first}"));
            }
        }
        for case in listed.iter().filter(|case| !self.differ.contains_key(*case)) {
            wrong.push(format!("gone: {case:?}"));
        }
        assert!(wrong.is_empty(), "of {} responses\n{}", self.judged, wrong.join("\n"));
    }
}

/// A registration that both have begun.
struct Registering {
    theirs: Begun<RegistrationState>,
    options: Value,
}

impl Registering {
    fn new() -> Self {
        let theirs = theirs::begin_registration();
        let mut options = creation_options();
        options["challenge"] = serde_json::to_value(theirs.challenge).unwrap();
        Self { theirs, options }
    }

    fn create(&self, key: &mut SoftAuthenticator) -> Value {
        key.create(&self.options, ORIGIN).unwrap()
    }

    fn judge(&self, response: &Value) -> (String, String) {
        (verdict(self.ours(response)), verdict(self.theirs.register(response)))
    }

    fn ours(&self, response: &Value) -> Result<VerifiedRegistration, String> {
        let read = serde_json::from_value::<UnverifiedRegistration>(response.clone());
        let read = read.map_err(|error| error.to_string())?;
        let challenge = &self.theirs.challenge;
        // Theirs asks no policy about SHA-1.
        let trust = TrustPolicy { tpm: TpmPolicy::WINDOWS_HELLO, ..TrustPolicy::NONE };
        let expected = registration::Expected { challenge, trust, ..expected() };
        read.verify(&party(), &expected).map_err(|error| format!("{error:?}"))
    }
}

/// An assertion that both have begun, for a credential that both have.
struct Asserting {
    registered: VerifiedRegistration,
    theirs: Begun<AuthenticationState>,
    options: Value,
}

impl Asserting {
    fn new(key: &mut SoftAuthenticator) -> Self {
        let registering = Registering::new();
        let created = registering.create(key);
        let registered = registering.ours(&created).unwrap();
        let credential = registering.theirs.register(&created).unwrap();
        let theirs = theirs::begin_authentication(credential);
        let mut options = request_options(&[]);
        options["challenge"] = serde_json::to_value(theirs.challenge).unwrap();
        Self { registered, theirs, options }
    }

    fn get(&self, key: &mut SoftAuthenticator) -> Value {
        key.get(&self.options, ORIGIN).unwrap()
    }

    fn judge(&self, response: &Value) -> (String, String) {
        (verdict(self.ours(response)), verdict(self.theirs.authenticate(response)))
    }

    fn ours(&self, response: &Value) -> Result<VerifiedAssertion, String> {
        let read = serde_json::from_value::<UnverifiedAssertion>(response.clone());
        let read = read.map_err(|error| error.to_string())?;
        let (handle, challenge) = (handle(), &self.theirs.challenge);
        let allowed = slice::from_ref(&self.registered.credential_id);
        let expected = authentication::Expected {
            challenge,
            account: Account::Known { allowed },
            ..expected_by(&self.registered, &handle)
        };
        read.verify(&party(), &expected).map_err(|error| format!("{error:?}"))
    }
}

/// The response with a member's bytes replaced.
fn with(response: &Value, member: &str, bytes: Vec<u8>) -> Value {
    let mut response = response.clone();
    edit(&mut response, member, |old| *old = bytes);
    response
}

fn member(response: &Value, member: &str) -> Vec<u8> {
    decode(response["response"][member].as_str().unwrap())
}

/// The ways to attest that both know, for a credential that uses this algorithm.
fn attestations(soft: Soft) -> [(&'static str, Attestation); 3] {
    let mut root = TestAuthority::new(1);
    [
        ("none", Attestation::None),
        ("self", Attestation::PackedSelf),
        ("x5c", Attestation::Packed(root.attestation_key(AAGUID, soft))),
    ]
}

#[test]
fn registrations() {
    let registering = Registering::new();
    let mut tally = Tally::default();
    for (algorithm, soft) in ALGORITHMS {
        for (name, attestation) in attestations(soft) {
            let honest = SoftAuthenticator::new(1).with_algorithm(soft);
            let mut key = honest.with_attestation(AAGUID, attestation);
            let response = registering.create(&mut key);
            tally.judge(&format!("{algorithm:?}"), name, registering.judge(&response));
            if soft != Soft::Es256 {
                continue;
            }
            for member_name in ["attestationObject", "clientDataJSON"] {
                for (what, bytes) in edited(&member(&response, member_name)) {
                    let verdicts = registering.judge(&with(&response, member_name, bytes));
                    tally.judge("bytes", format!("{name} {member_name} {what}"), verdicts);
                }
            }
            for (what, spoilt) in inputs::envelopes(&response) {
                tally.judge(&what, name, registering.judge(&spoilt));
            }
            for (what, json) in inputs::client_data_variants(&member(&response, "clientDataJSON")) {
                key.sabotage = Some(inputs::client_data(json));
                tally.judge(&what, name, registering.judge(&registering.create(&mut key)));
            }
            let lies = inputs::lies_about_data().into_iter().chain(inputs::lies_about_objects());
            for (what, sabotage) in lies {
                key.sabotage = Some(sabotage);
                tally.judge(what, name, registering.judge(&registering.create(&mut key)));
            }
        }
    }
    assert!(tally.judged > 15_000);
    tally.check(&[IN_BOTH, AT_REGISTRATION]);
}

#[test]
fn assertions() {
    let mut tally = Tally::default();
    for soft in [Soft::Es256, Soft::Rs256] {
        let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
        let asserting = Asserting::new(&mut key);
        let response = asserting.get(&mut key);
        tally.judge(&format!("{soft:?}"), "", asserting.judge(&response));

        // Spoilt on the way.
        for name in ["authenticatorData", "clientDataJSON", "signature"] {
            for (what, bytes) in edited(&member(&response, name)) {
                let verdicts = asserting.judge(&with(&response, name, bytes));
                tally.judge("bytes", format!("{soft:?} {name} {what}"), verdicts);
            }
        }
        for (what, spoilt) in inputs::envelopes(&response) {
            tally.judge(&what, format!("{soft:?}"), asserting.judge(&spoilt));
        }
        if soft != Soft::Es256 {
            continue;
        }
        // Spoilt by who signs.
        let mut lie = |what: &str, at: String, sabotage: Sabotage| {
            key.sabotage = Some(sabotage);
            tally.judge(what, at, asserting.judge(&asserting.get(&mut key)));
        };
        for (at, bytes) in edited(&member(&response, "authenticatorData")) {
            lie("signed bytes", at, inputs::authenticator_data(bytes));
        }
        let json = member(&response, "clientDataJSON");
        for (at, json) in edited(&json) {
            lie("signed bytes", at, inputs::client_data(json));
        }
        for (what, json) in inputs::client_data_variants(&json) {
            lie(&what, String::new(), inputs::client_data(json));
        }
        for (what, sabotage) in inputs::lies_at_assertion() {
            lie(what, String::new(), sabotage);
        }
    }
    assert!(tally.judged > 8000);
    tally.check(&[IN_BOTH, AT_ASSERTION]);
}
