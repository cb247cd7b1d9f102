//! Absences that an erasure names, and those that none does.

use firstkey_app::audit::{
    Tampering,
    check::{Change, RowName},
};
use firstkey_domain::{
    Actor, Aggregate, Recorded, StreamId,
    person::{Erase, ErasedPart, Person},
};
use firstkey_ports::{
    Append, Commit, Entry, Erasure, ReservationKind, Store,
    project::{self, Projected},
};
use rusqlite::{Connection, params};

use crate::{
    edited_database::{Story, edit_event, id, run, set_digest, story, tampering},
    world::keys,
};

/// The joiner left and was erased, and everything is signed. Their stream: joined, opened, bound,
/// left, erased.
async fn erased() -> Story {
    let story = story().await;
    story.world.leaves(&story.admin, story.joiner.id).await;
    story.world.erase(story.joiner.id).await.unwrap();
    story.world.app.sequence_once().await.unwrap();
    story
}

const ERASED: u64 = 5;
/// The event of the joiner's enrollment in which a browser began.
const BEGUN: u64 = 3;

#[tokio::test]
async fn what_an_erasure_names_is_missed_by_nobody() {
    let story = erased().await;
    let report = story.edited(|_| ()).await.unwrap();
    assert_eq!(report.erased, 1);
    assert!(report.to_string().contains("1 people were erased"), "{report}");
}

#[tokio::test]
async fn rule_18_any_other_absence_is_tampering() {
    let story = erased().await;
    let others = [(StreamId::from(story.admin.id), 1), (story.admin.enrollment.into(), BEGUN)];
    for (stream, version) in others {
        let found = story.found(|sql| {
            let gone = "UPDATE entries SET salt = NULL, confidential = NULL \
                        WHERE stream_id = ?1 AND version = ?2";
            run(sql, gone, params![id(stream), version]);
        });
        assert_eq!(found.await, Tampering::ConfidentialRemoved { stream, version });
    }
    // Half of one is not an absence.
    for half in ["salt", "confidential"] {
        let stream = StreamId::from(story.admin.id);
        let found = story.found(|sql| {
            let gone =
                format!("UPDATE entries SET {half} = NULL WHERE stream_id = ?1 AND version = 1");
            run(sql, &gone, [id(stream)]);
        });
        assert_eq!(found.await, Tampering::ConfidentialAltered { stream, version: 1 }, "{half}");
    }
}

#[tokio::test]
async fn an_erasure_that_was_edited_covers_nothing() {
    let story = erased().await;
    let stream = story.person();
    let altered = Tampering::EventAltered { stream, version: ERASED };
    // It is to cover an administrator's event as well.
    let edit = |sql: &Connection| {
        let more =
            format!("{{\"stream\":\"{}\",\"versions\":[1]}}", StreamId::from(story.admin.id));
        let gone = "UPDATE entries SET salt = NULL, confidential = NULL \
                    WHERE stream_id = ?1 AND version = 1";
        run(sql, gone, [id(story.admin.id.into())]);
        edit_event(sql, stream, ERASED, "\"parts\":[", &format!("\"parts\":[{more},"))
    };
    assert_eq!(story.found(|sql| _ = edit(sql)).await, altered);
    assert_eq!(story.found(|sql| set_digest(sql, stream, ERASED, edit(sql))).await, altered);
    // Nor does another reason.
    let found = story.found(|sql| _ = edit_event(sql, stream, ERASED, "4711", "4712")).await;
    assert_eq!(found, altered);
    let gone = "DELETE FROM entries WHERE stream_id = ?1 AND version = ?2";
    let found = story.found(|sql| run(sql, gone, params![id(stream), ERASED])).await;
    assert!(
        matches!(found, Tampering::ConfidentialRemoved { .. } | Tampering::EventRemoved { .. }),
        "{found}"
    );
}

/// A binary that was changed erases something else than it logs; the event is signed, and the state
/// sealed.
async fn erase_otherwise(story: &Story, names: &[(StreamId, u64)], erases: &[(StreamId, u64)]) {
    let (keys, stream) = (keys(), story.person());
    let person = story.world.person(story.joiner.id).await;
    let tombstones = project::tombstones(person.record.expose().unwrap(), keys.rows());
    let named = names.iter();
    let parts =
        named.map(|(stream, version)| ErasedPart { stream: *stream, versions: vec![*version] });
    let parts = parts.collect();
    let erased = erases.iter();
    let erasures = erased.map(|(stream, version)| Erasure { stream: *stream, version: *version });
    let erasures = erasures.collect();
    let by = Actor::Host("root".into());
    let erase = Erase { reason: "request 4711".into(), parts, tombstones };
    let event = person.erase(erase, &by).unwrap().remove(0);
    let recorded = Recorded { stream, version: ERASED, at: story.world.app.now(), by, event };
    let person = Person::evolve(Some(person), &recorded).unwrap();
    let state = keys.rows().seal_state(stream, ERASED, serde_json::to_vec(&person).unwrap());
    let entries = vec![Entry { open: serde_json::to_vec(&recorded).unwrap(), sealed: None }];
    let appends = vec![Append { stream, expected: ERASED - 1, entries, state }];
    let rows = person.rows(keys.rows());
    let commit = Commit { at: Some(recorded.at), appends, rows, erasures, ..Commit::default() };
    story.world.app.store().commit(commit).await.unwrap();
    story.world.app.sequence_once().await.unwrap();
}

#[tokio::test]
async fn an_erasure_covers_the_person_it_is_about_and_nobody_else() {
    let gone = async || {
        let story = story().await;
        story.world.leaves(&story.admin, story.joiner.id).await;
        story
    };
    let removed = |stream, version| Tampering::ConfidentialRemoved { stream, version };
    let story = gone().await;
    let (own, enrollment) = ((story.person(), 1), (story.enrollment(), BEGUN));
    erase_otherwise(&story, &[own, enrollment], &[own, enrollment]).await;
    story.edited(|_| ()).await.unwrap();

    // Somebody else's event, named in theirs.
    let story = gone().await;
    let other = (StreamId::from(story.admin.id), 1);
    let all = [(story.person(), 1), (story.enrollment(), BEGUN), other];
    erase_otherwise(&story, &all, &all).await;
    assert_eq!(tampering(story.edited(|_| ()).await), removed(other.0, other.1));

    // Their own event, where the one with that number in another stream is named.
    let story = gone().await;
    let (own, enrollment) = ((story.person(), 1), (story.enrollment(), BEGUN));
    let instead = (story.enrollment(), 1);
    erase_otherwise(&story, &[instead, enrollment], &[own, enrollment]).await;
    assert_eq!(tampering(story.edited(|_| ()).await), removed(own.0, own.1));
}

#[tokio::test]
async fn erased_bytes_that_are_back_are_named() {
    let world = story().await;
    // Somebody kept a copy.
    let (_folder, backup) = world.copy();
    world.world.leaves(&world.admin, world.joiner.id).await;
    world.world.erase(world.joiner.id).await.unwrap();
    world.world.app.sequence_once().await.unwrap();
    for (stream, version) in [(world.person(), 1), (world.enrollment(), BEGUN)] {
        let found = world.found(|sql| {
            run_any(sql, "ATTACH ?1 AS backup", [backup.to_str().unwrap()]);
            let back = "UPDATE entries SET (salt, confidential) = \
                        (SELECT salt, confidential FROM backup.entries AS old \
                         WHERE old.sequence = entries.sequence) \
                        WHERE stream_id = ?1 AND version = ?2";
            run(sql, back, params![id(stream), version]);
        });
        assert_eq!(found.await, Tampering::ConfidentialRestored { stream, version });
    }
}

fn run_any(sql: &Connection, statement: &str, params: impl rusqlite::Params) {
    sql.execute(statement, params).unwrap();
}

#[tokio::test]
async fn rule_18_a_tombstone_that_was_lifted_is_named() {
    let story = erased().await;
    for kind in [ReservationKind::UserName, ReservationKind::ExternalId] {
        let found = story.found(|sql| {
            let lift = "DELETE FROM reservations WHERE kind = ?1 AND owner = ?2";
            run(sql, lift, params![kind.name(), id(story.person())]);
        });
        let Tampering::Row { row: RowName::Reservation(found, _), change } = found.await else {
            panic!("a reservation is named")
        };
        assert_eq!((found, change), (kind, Change::Removed));
    }
    let back = "UPDATE people SET given_name = 'Ana' WHERE id = ?1";
    let found = story.found(|sql| run(sql, back, [id(story.person())])).await;
    let row = RowName::Person(story.joiner.id);
    assert_eq!(found, Tampering::Row { row, change: Change::Altered });
}
