//! `log check` over rows of which no state says everything: attempts, search words, sessions,
//! reservations, counters.

use firstkey_app::{
    audit::{
        CheckReport, Tampering,
        check::{Change, RowName},
    },
    signing_in::{SignOut, SignOutEverywhere, SignedIn},
};
use firstkey_domain::{AttemptId, EnrollmentId, PersonId, SessionId};
use firstkey_ports::{Archive, ReservationKind, Tally, Week};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::{
    edited_database::{Story, checked, id, run, story},
    sessions::{Overtaken, answer},
    world::Browser,
};

fn row(row: RowName, change: Change) -> Tampering {
    Tampering::Row { row, change }
}

/// The story, and a browser that has begun and goes on.
async fn begun() -> (Story, Browser) {
    let story = story().await;
    let person = story.world.import(Some(story.admin.id)).await;
    let browser = story.world.begin(story.world.enrollment_of(person).await, None).await;
    story.world.app.sequence_once().await.unwrap();
    (story, browser)
}

#[tokio::test]
async fn everything_that_follows_is_counted() {
    let (story, _) = begun().await;
    let report: CheckReport = story.edited(|_| ()).await.unwrap();
    assert_eq!((report.attempts, report.sessions), (1, 2));
    assert_eq!(report.reservations, 4 * 2 + 3, "four people's names and ids, three passkeys");
    assert_eq!(report.tallies, Tally::ALL.len() as u64);
}

#[tokio::test]
async fn rule_20_an_edited_attempt_is_named() {
    let (story, browser) = begun().await;
    let name = RowName::Attempt(browser.attempt, browser.enrollment);
    let of = [*browser.attempt.uuid().as_bytes()];
    for set in ["key = zeroblob(32)", "began = 5", "expires = expires + 1", "pass_expires = 5"] {
        let edit = format!("UPDATE attempts SET {set} WHERE id = ?1");
        let found = story.found(|sql| run(sql, &edit, of)).await;
        assert_eq!(found, row(name, Change::Altered), "{set}");
    }
    let found = story.found(|sql| run(sql, "DELETE FROM attempts WHERE id = ?1", of)).await;
    assert_eq!(found, row(name, Change::Removed));
    let add = |to: &'static str| {
        let insert = format!(
            "INSERT INTO attempts (id, enrollment, key, began, expires) \
             SELECT zeroblob(16), {to}, key, began, expires FROM attempts WHERE id = ?1"
        );
        move |sql: &Connection| run(sql, &insert, of)
    };
    let stranger = AttemptId::from_uuid(Uuid::nil());
    let found = story.found(add("enrollment")).await;
    assert_eq!(found, row(RowName::Attempt(stranger, browser.enrollment), Change::Inserted));
    let nothing = EnrollmentId::from_uuid(Uuid::nil());
    let found = story.found(add("zeroblob(16)")).await;
    assert_eq!(found, row(RowName::Attempt(stranger, nothing), Change::Inserted));
}

#[tokio::test]
async fn rule_20_whoever_is_hidden_from_searches_is_named() {
    let story = story().await;
    let name = RowName::Words(story.joiner.id);
    for edit in [
        "DELETE FROM people_words WHERE person = ?1",
        "INSERT INTO people_words VALUES (?1, 'administrator')",
    ] {
        let found = story.found(|sql| run(sql, edit, [id(story.person())])).await;
        assert_eq!(found, row(name, Change::Altered), "{edit}");
    }
}

async fn sessions(story: &Story) -> Vec<(SessionId, PersonId)> {
    let rows = story.world.app.store().sessions_after(None, 9).await.unwrap();
    rows.into_iter().map(|row| (row.id, row.person)).collect()
}

#[tokio::test]
async fn rule_20_an_edited_session_is_named() {
    let story = story().await;
    let admin = story.admin.id;
    let (session, _) = sessions(&story).await.into_iter().find(|(_, of)| *of == admin).unwrap();
    let of = *session.uuid().as_bytes();
    let joiner = id(story.person());
    let altered = row(RowName::Session(session, admin), Change::Altered);
    for set in [
        "authenticator = (SELECT id FROM authenticators WHERE person = ?2)",
        "began = began + 1 + 0 * length(?2)",
        "expires = began + 86400000001 + 0 * length(?2)",
        "seen = began - 1 + 0 * length(?2)",
    ] {
        let edit = format!("UPDATE sessions SET {set} WHERE id = ?1");
        assert_eq!(story.found(|sql| run(sql, &edit, params![of, joiner])).await, altered, "{set}");
    }
    // Also where no other session says when notes begin to matter.
    let found = story.found(|sql| {
        run(sql, "DELETE FROM sessions WHERE id <> ?1", [of]);
        run(sql, "UPDATE sessions SET began = began + 1, seen = seen + 1 WHERE id = ?1", [of]);
    });
    assert_eq!(found.await, altered);
    let claim = "UPDATE sessions SET person = ?2 WHERE id = ?1";
    let found = story.found(|sql| run(sql, claim, params![of, joiner])).await;
    assert_eq!(found, row(RowName::Session(session, story.joiner.id), Change::Altered));

    // Used since then, or gone: that happens.
    let seen = "UPDATE sessions SET seen = seen + 60000000 WHERE id = ?1";
    story.edited(|sql| run(sql, seen, [of])).await.unwrap();
    story.edited(|sql| run(sql, "DELETE FROM sessions WHERE id = ?1", [of])).await.unwrap();
}

#[tokio::test]
async fn rule_20_a_session_that_nobody_began_is_named() {
    let story = story().await;
    let copy = |id: &'static str, person: &'static str| {
        let insert = format!(
            "INSERT INTO sessions SELECT {id}, {person}, authenticator, secret, began, expires, \
             seen, browser FROM sessions WHERE person = ?1"
        );
        let admin = [*story.admin.id.uuid().as_bytes()];
        move |sql: &Connection| run(sql, &insert, admin)
    };
    let nobody = SessionId::from_uuid(Uuid::nil());
    let found = story.found(copy("zeroblob(16)", "person")).await;
    assert_eq!(found, row(RowName::Session(nobody, story.admin.id), Change::Inserted));
    let found = story.found(copy("zeroblob(16)", "zeroblob(16)")).await;
    let stranger = PersonId::from_uuid(Uuid::nil());
    assert_eq!(found, row(RowName::Session(nobody, stranger), Change::Inserted));
}

#[tokio::test]
async fn rule_20_a_session_that_was_put_back_is_named() {
    let story = story().await;
    let (_folder, backup) = story.copy();
    let put_back = |sql: &Connection| {
        sql.execute("ATTACH ?1 AS backup", [backup.to_str().unwrap()]).unwrap();
        run(sql, "INSERT OR IGNORE INTO sessions SELECT * FROM backup.sessions", []);
    };
    let ended = sessions(&story).await;
    let app = &story.world.app;
    app.run(&SignOut { person: ended[0].1, session: ended[0].0 }).await.unwrap();
    let found = story.found(put_back).await;
    assert_eq!(found, row(RowName::Session(ended[0].0, ended[0].1), Change::Inserted));

    story.world.pass(jiff::SignedDuration::from_secs(1));
    app.run(&SignOutEverywhere { person: ended[1].1 }).await.unwrap();
    let found = story.found(|sql| {
        put_back(sql);
        run(sql, "DELETE FROM sessions WHERE person = ?1", [id(ended[0].1.into())]);
    });
    assert_eq!(found.await, row(RowName::Session(ended[1].0, ended[1].1), Change::Inserted));

    // Leaving ends sessions without a note of its own.
    story.world.leaves(&story.admin, ended[1].1).await;
    checked(&story.world.path(), None).await.unwrap();
}

/// When somebody decided to end it says less than where the end stands in the log.
#[tokio::test]
async fn rule_20_a_session_put_back_that_began_after_the_time_of_its_end_is_named() {
    let mut story = story().await;
    let person = story.admin.id;
    let (_folder, backup) = story.copy();
    let overtaking = answer(&story.world, &mut story.admin);
    let decided = SignOutEverywhere { person };
    let overtaken = Overtaken { world: &story.world, decided, overtaking };
    let ((), begun): ((), SignedIn) = story.world.app.run(&overtaken).await.unwrap();
    let (session, expires) = (begun.token.id, begun.expires.as_microsecond());
    let began = story.world.app.now().as_microsecond();
    let put_back = |sql: &Connection| {
        sql.execute("ATTACH ?1 AS backup", [backup.to_str().unwrap()]).unwrap();
        run(sql, "DELETE FROM sessions", []);
        run(
            sql,
            "INSERT INTO sessions SELECT ?1, person, authenticator, secret, ?2, ?3, ?2, browser \
             FROM backup.sessions WHERE person = ?4",
            params![session.uuid().as_bytes(), began, expires, id(person.into())],
        );
    };
    let found = story.found(put_back).await;
    assert_eq!(found, row(RowName::Session(session, person), Change::Inserted));
}

#[tokio::test]
async fn rule_20_a_session_of_somebody_who_left_is_named() {
    let mut story = story().await;
    story.world.sign_in(&mut story.joiner).await.unwrap();
    let (_folder, backup) = story.copy();
    story.world.leaves(&story.admin, story.joiner.id).await;
    let found = story.found(|sql| {
        sql.execute("ATTACH ?1 AS backup", [backup.to_str().unwrap()]).unwrap();
        run(sql, "INSERT OR IGNORE INTO sessions SELECT * FROM backup.sessions", []);
    });
    let Tampering::Row { row: RowName::Session(_, whose), change } = found.await else {
        panic!("a session is named")
    };
    assert_eq!((whose, change), (story.joiner.id, Change::Inserted));
}

#[tokio::test]
async fn rule_20_what_is_taken_is_what_somebody_has() {
    let story = story().await;
    for kind in
        [ReservationKind::UserName, ReservationKind::ExternalId, ReservationKind::Credential]
    {
        let change_of = |edit: &'static str| {
            let found = story.found(|sql| run(sql, edit, params![kind.name(), id(story.person())]));
            async move {
                match found.await {
                    Tampering::Row { row: RowName::Reservation(found, _), change } => {
                        assert_eq!(found, kind);
                        change
                    }
                    other => panic!("{other}"),
                }
            }
        };
        let lapse = "UPDATE reservations SET ends = 5 WHERE kind = ?1 AND owner = ?2";
        assert_eq!(change_of(lapse).await, Change::Altered, "{kind:?}");
        let give = "UPDATE reservations SET owner = zeroblob(16) WHERE kind = ?1 AND owner = ?2";
        assert_eq!(change_of(give).await, Change::Altered, "{kind:?}");
        let free = "DELETE FROM reservations WHERE kind = ?1 AND owner = ?2";
        assert_eq!(change_of(free).await, Change::Removed, "{kind:?}");
        let take = "INSERT INTO reservations VALUES (?1, zeroblob(32), ?2, NULL)";
        assert_eq!(change_of(take).await, Change::Inserted, "{kind:?}");
    }
}

#[tokio::test]
async fn rule_20_what_nobody_bound_stays_taken() {
    let (story, browser) = begun().await;
    let mut admin = story.admin;
    story.world.match_by(&mut admin, &browser).await;
    let mut key = firstkey_testkit::authenticator::SoftAuthenticator::new(77);
    story.world.register(&browser, &mut key).await;
    let open = checked(&story.world.path(), None).await.unwrap();
    let person = story.world.enrollment(browser.enrollment).await.person;
    story.world.leaves(&admin, person).await;
    story.world.app.sweep().await.unwrap();
    let over = checked(&story.world.path(), None).await.unwrap();
    assert_eq!(over.reservations, open.reservations);
}

#[tokio::test]
async fn rule_20_an_edited_figure_is_named() {
    let (story, _) = begun().await;
    let week = Week::of(story.world.app.now());
    for (edit, figure) in [
        ("UPDATE weeks SET count = count + 1 WHERE measure = 'begun'", ("begun", Some(week))),
        ("DELETE FROM weeks WHERE measure = 'joined'", ("joined", Some(week))),
        (
            "INSERT INTO weeks VALUES ('everybody', '', '2026-01-05', 'begin_to_passkey', 3, 1)",
            ("begin_to_passkey", Some("2026-01-05".parse().unwrap())),
        ),
        ("UPDATE parts SET second = 1 WHERE kind = 'worker_type'", ("second_authenticator", None)),
    ] {
        let found = story.found(|sql| run(sql, edit, []));
        let figure = RowName::Figure(figure.0, figure.1);
        assert_eq!(found.await, row(figure, Change::Altered), "{edit}");
    }
}

#[tokio::test]
async fn rule_20_an_edited_counter_is_named() {
    let (story, _) = begun().await;
    for tally in [Tally::People, Tally::Begun, Tally::OpenAttempts, Tally::Unproofed] {
        let found = story.found(|sql| {
            let count = "INSERT INTO tallies VALUES (?1, 1) \
                         ON CONFLICT (name) DO UPDATE SET count = count + 1";
            run(sql, count, [tally.name()]);
        });
        assert_eq!(found.await, row(RowName::Tally(tally), Change::Altered));
    }
}
