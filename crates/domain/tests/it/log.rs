//! The epochs and keys of the log.

use firstkey_domain::{
    Digest, StreamId,
    log::{KeyRotation, Log, LogEvent, NotTheKey, OutsideCheckpoint, Restored},
};

use crate::{story::given, world::minute};

fn rotation(old: &str, new: &str) -> KeyRotation {
    KeyRotation { old: old.into(), new: new.into(), note: "signed by both".into() }
}

fn rotated(old: &str, new: &str) -> LogEvent {
    LogEvent::KeyRotated(rotation(old, new))
}

fn restored(kept: u64, outside: Option<u64>) -> Restored {
    let root = Digest::of(b"root");
    let outside = outside.map(|size| OutsideCheckpoint { size, root, note: "signed".into() });
    Restored { backup: minute(1), kept, root, outside }
}

#[test]
fn rule_21_each_key_follows_the_one_that_signs() {
    let log = given::<Log>(StreamId::LOG, [rotated("a", "b")]);
    assert_eq!(log.state().key.as_deref(), Some("b"));
    log.when(|log, _| Log::rotate_key(Some(log), rotation("a", "c")))
        .refused(NotTheKey)
        .when(|log, _| Log::rotate_key(Some(log), rotation("b", "b")))
        .refused(NotTheKey)
        .when(|log, _| Log::rotate_key(Some(log), rotation("b", "c")))
        .then([rotated("b", "c")]);
    // Before the first rotation, the signatures alone say which key it was.
    assert_eq!(Log::rotate_key(None, rotation("x", "y")), Ok(vec![rotated("x", "y")]));
}

#[test]
fn rule_21_an_epoch_is_named_by_when_it_began_and_keeps_the_key() {
    let log = given::<Log>(StreamId::LOG, [rotated("a", "b")])
        .at(minute(9))
        .and(Log::begin_epoch(restored(900, Some(912))));
    assert_eq!((log.state().epoch, log.state().key.as_deref()), (Some(minute(9)), Some("b")));
    assert_eq!(restored(900, Some(912)).lost(), Some(12));
    assert_eq!(restored(900, Some(880)).lost(), Some(0), "older than the backup");
    assert_eq!(restored(900, None).lost(), None, "nobody knows");
}

#[test]
fn events_that_break_the_chain_do_not_fold() {
    given::<Log>(StreamId::LOG, [rotated("a", "b")]).cannot_fold(rotated("a", "c"));
    given::<Log>(StreamId::POLICY, []).cannot_fold(rotated("a", "b"));
    // Two epochs of one name would be two trees of one name.
    let began = || LogEvent::EpochBegan(restored(900, None));
    given::<Log>(StreamId::LOG, [began()]).cannot_fold(began());
}
