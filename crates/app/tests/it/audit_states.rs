//! `log check` over states, and rows that follow from them, that somebody edited.

use firstkey_app::{
    Fault,
    audit::{
        Tampering,
        check::{Change, RowName},
    },
    signing_in::SignInFault,
};
use firstkey_domain::{Role, StreamId};
use rusqlite::{Connection, params};

use crate::edited_database::{edit_state, id, run, story};

#[tokio::test]
async fn an_edited_state_is_named() {
    let story = story().await;
    let stream = story.person();
    let altered = Tampering::StateAltered { stream, version: 3 };
    let role = ("\"roles\":[]", "\"roles\":[\"administrator\"]");
    let name = ("\"given_name\":\"Given", "\"given_name\":\"Taken");
    let space = ("\"roles\":[]", "\"roles\": []");
    for (from, to) in [role, name, space, ("{", "?")] {
        assert_eq!(story.found(|sql| edit_state(sql, stream, from, to)).await, altered, "{to}");
    }
    let older = story.found(|sql| {
        run(sql, "UPDATE streams SET version = 2 WHERE id = ?1", [id(stream)]);
    });
    assert_eq!(older.await, altered);
    let newer = story.found(|sql| {
        run(sql, "UPDATE streams SET version = 4 WHERE id = ?1", [id(stream)]);
    });
    assert_eq!(newer.await, Tampering::EventRemoved { stream, version: 4 });
    let moved = story.found(|sql| {
        run(sql, "UPDATE streams SET at = at + 1 WHERE id = ?1", [id(stream)]);
    });
    assert_eq!(moved.await, altered);
    let removed = story.found(|sql| run(sql, "DELETE FROM streams WHERE id = ?1", [id(stream)]));
    assert_eq!(removed.await, Tampering::StateRemoved(stream));
    let inserted = story.found(|sql| {
        let copy = "INSERT INTO streams SELECT kind, zeroblob(16), version, state, at FROM streams \
                    WHERE id = ?1";
        run(sql, copy, [id(stream)]);
    });
    let stranger = StreamId::new(stream.kind(), uuid::Uuid::nil());
    assert_eq!(inserted.await, Tampering::StateInserted(stranger));
}

#[tokio::test]
async fn an_edited_authenticator_is_named_and_signs_nobody_in() {
    let mut story = story().await;
    let row = RowName::Authenticator(story.joiner.authenticator, story.joiner.id);
    let of = [*story.joiner.authenticator.uuid().as_bytes()];
    let not = |change| Tampering::Row { row, change };
    for set in [
        "public_key = zeroblob(77)",
        "backup_eligible = 1",
        "active = 0",
        "name = 'mine'",
        "person = zeroblob(16)",
    ] {
        let edit = format!("UPDATE authenticators SET {set} WHERE id = ?1");
        let found = story.found(|sql| run(sql, &edit, of)).await;
        let change = if set.starts_with("person") { Change::Removed } else { Change::Altered };
        assert_eq!(found, not(change), "{set}");
    }
    let reseal = "UPDATE authenticators SET seal = zeroblob(32) WHERE id = ?1";
    assert_eq!(story.found(|sql| run(sql, reseal, of)).await, not(Change::SealBroken));
    let remove = "DELETE FROM authenticators WHERE id = ?1";
    assert_eq!(story.found(|sql| run(sql, remove, of)).await, not(Change::Removed));
    let used = "UPDATE authenticators SET last_used = 5, sign_count = 99 WHERE id = ?1";
    story.edited(|sql| run(sql, used, of)).await.unwrap();

    story.world.sign_in(&mut story.joiner).await.unwrap();
    // The joiner's key now claims to be the administrator's.
    let live = Connection::open(story.world.path()).unwrap();
    let claim = "UPDATE authenticators SET person = ?2 WHERE id = ?1";
    run(&live, claim, params![of[0], story.admin.id.uuid().as_bytes()]);
    let refused = story.world.sign_in(&mut story.joiner).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::BrokenSeal))), "{refused:?}");
}

#[tokio::test]
async fn an_edited_role_is_named() {
    let story = story().await;
    let give = "INSERT INTO roles VALUES (?1, 'officer', zeroblob(32))";
    let found = story.found(|sql| run(sql, give, [id(story.person())])).await;
    let row = RowName::Role(story.joiner.id, Role::Officer);
    assert_eq!(found, Tampering::Row { row, change: Change::Inserted });

    let admin = [id(story.admin.id.into())];
    let row = RowName::Role(story.admin.id, Role::Administrator);
    let found = story.found(|sql| run(sql, "DELETE FROM roles WHERE person = ?1", admin)).await;
    assert_eq!(found, Tampering::Row { row, change: Change::Removed });
    let reseal = "UPDATE roles SET seal = zeroblob(32) WHERE person = ?1";
    let found = story.found(|sql| run(sql, reseal, admin)).await;
    assert_eq!(found, Tampering::Row { row, change: Change::SealBroken });
}

#[tokio::test]
async fn rows_that_follow_from_nothing_are_named() {
    let story = story().await;
    let nobody = uuid::Uuid::nil();
    let inserted = |row| Tampering::Row { row, change: Change::Inserted };
    let role = "INSERT INTO roles VALUES (zeroblob(16), 'officer', zeroblob(32))";
    let found = story.found(|sql| run(sql, role, [])).await;
    let nobody_id = firstkey_domain::PersonId::from_uuid(nobody);
    assert_eq!(found, inserted(RowName::Role(nobody_id, Role::Officer)));

    let altered = |row| Tampering::Row { row, change: Change::Altered };
    let mail = "UPDATE people SET personal_email = 'eve@evil.example' WHERE id = ?1";
    let found = story.found(|sql| run(sql, mail, [id(story.person())])).await;
    assert_eq!(found, altered(RowName::Person(story.joiner.id)));
    let stage = "UPDATE enrollments SET stage = 'withdrawn' WHERE id = ?1";
    let found = story.found(|sql| run(sql, stage, [id(story.enrollment())])).await;
    assert_eq!(found, altered(RowName::Enrollment(story.joiner.enrollment)));
    let person = "UPDATE people SET id = zeroblob(16) WHERE id = ?1";
    let found = story.found(|sql| run(sql, person, [id(story.person())])).await;
    let row = RowName::Person(story.joiner.id);
    assert_eq!(found, Tampering::Row { row, change: Change::Removed });
}
