//! Putting a policy into force.

use firstkey_domain::{
    StreamId,
    policy::{Policy, PolicyEvent},
};

use crate::story::given;

fn activated(text: &str) -> PolicyEvent {
    PolicyEvent::Activated { digest: Policy::digest_of(text), text: text.into() }
}

#[test]
fn rule_17_activating_a_policy_is_an_event_with_its_digest() {
    assert_eq!(Policy::activate(None, "permit;".into()), [activated("permit;")]);
    let story = given::<Policy>(StreamId::POLICY, [activated("permit;")]);
    assert_eq!(story.state().digest, Policy::digest_of("permit;"));
    story
        .when(|current, _| Policy::activate(Some(current), "permit;".into()))
        .then([])
        .when(|current, _| Policy::activate(Some(current), "forbid;".into()))
        .then([activated("forbid;")]);
}

#[test]
fn a_policy_whose_digest_is_not_its_texts_does_not_fold() {
    given::<Policy>(StreamId::POLICY, []).cannot_fold(PolicyEvent::Activated {
        digest: Policy::digest_of("permit;"),
        text: "forbid;".into(),
    });
}

#[test]
fn the_policy_in_force_is_not_activated_again() {
    given::<Policy>(StreamId::POLICY, [activated("permit;")]).cannot_fold(activated("permit;"));
}
