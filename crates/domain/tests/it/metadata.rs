//! Putting FIDO metadata into force.

use firstkey_domain::{
    Actor, Digest, StreamId,
    metadata::{Blob, MetadataEvent, MetadataInForce, NotNewer},
};
use jiff::civil::date;

use crate::{story::given, world::minute};

fn blob(number: u64) -> Blob {
    let digest = Digest::of_parts("blob", &[&number.to_be_bytes()]);
    Blob { number, digest, next_update: date(2026, 12, 1) }
}

fn imported(number: u64) -> MetadataEvent {
    MetadataEvent::Imported(blob(number))
}

#[test]
fn only_a_newer_blob_replaces_the_one_in_force() {
    assert_eq!(MetadataInForce::import(None, blob(7)), Ok(vec![imported(7)]));
    let older = Blob { digest: Digest::of(b"another file"), ..blob(7) };
    given::<MetadataInForce>(StreamId::METADATA, [imported(7)])
        .when(|current, _| MetadataInForce::import(Some(current), older))
        .refused(NotNewer { in_force: 7, found: 7 })
        .when(|current, _| MetadataInForce::import(Some(current), blob(6)))
        .refused(NotNewer { in_force: 7, found: 6 })
        .when(|current, _| MetadataInForce::import(Some(current), blob(7)))
        .then([])
        .when(|current, _| MetadataInForce::import(Some(current), blob(8)))
        .then([imported(8)]);
}

#[test]
fn what_is_in_force_says_when_it_came_and_who_brought_it() {
    let story = given::<MetadataInForce>(StreamId::METADATA, [imported(7)])
        .at(minute(9))
        .by(Actor::Host("ops".into()))
        .and([imported(8)]);
    let Actor::Host(by) = story.state().by else { panic!("the host imports") };
    assert_eq!(
        (story.state().blob, story.state().imported, by.as_str()),
        (blob(8), minute(9), "ops")
    );
}

#[test]
fn events_that_go_back_or_stand_elsewhere_do_not_fold() {
    given::<MetadataInForce>(StreamId::METADATA, [imported(7)]).cannot_fold(imported(7));
    given::<MetadataInForce>(StreamId::METADATA, [imported(7)]).cannot_fold(imported(6));
    given::<MetadataInForce>(StreamId::POLICY, []).cannot_fold(imported(7));
}

#[test]
fn it_is_stale_once_the_day_of_the_next_update_is_over() {
    let state = given::<MetadataInForce>(StreamId::METADATA, [imported(7)]).state();
    assert!(!state.is_stale_at("2026-12-01T23:59:59Z".parse().expect("a time")));
    assert!(state.is_stale_at("2026-12-02T00:00:00Z".parse().expect("a time")));
    let last_day = Blob { next_update: date(9999, 12, 31), ..blob(8) };
    let state =
        given::<MetadataInForce>(StreamId::METADATA, [MetadataEvent::Imported(last_day)]).state();
    assert_eq!(state.stale_from(), None);
    assert!(!state.is_stale_at(jiff::Timestamp::MAX));
}
