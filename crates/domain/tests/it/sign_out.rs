//! Signing out everywhere.

use firstkey_domain::person::{Person, PersonEvent};

use crate::world::{JOINER, SPONSOR, minute, subscriber};

#[test]
fn a_sign_in_counts_that_was_begun_after_signing_out_everywhere() {
    let story = subscriber(JOINER, Some(SPONSOR));
    assert!(story.state().takes_sign_in(minute(0)), "they never signed out");
    let story = story
        .at(minute(3))
        .when(|person: &Person, _| person.sign_out_everywhere())
        .then([PersonEvent::SignedOutEverywhere]);
    for (begun, counts) in [(2, false), (3, false), (4, true)] {
        assert_eq!(story.state().takes_sign_in(minute(begun)), counts, "{begun}");
    }
    // The last time counts.
    let story = story
        .at(minute(5))
        .when(|person: &Person, _| person.sign_out_everywhere())
        .then([PersonEvent::SignedOutEverywhere]);
    assert!(!story.state().takes_sign_in(minute(4)));
}

#[test]
fn nobody_who_left_signs_out() {
    subscriber(JOINER, Some(SPONSOR))
        .and([PersonEvent::Left])
        .when(|person: &Person, _| person.sign_out_everywhere())
        .then([]);
}
