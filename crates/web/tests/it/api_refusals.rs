//! What a stolen key cannot do, and what nobody hears who may do nothing any more.

use axum::http::StatusCode;
use firstkey_domain::PersonId;
use serde_json::{Value, json};

use crate::{
    api::joiner,
    api_keys::administrator,
    world::{Answer, Desk, Program, Sent, World},
};

async fn bring(world: &World, program: &Program, joiners: &[Value]) -> Answer {
    program.post(world, "/api/v1/joiners", &json!({ "joiners": joiners })).await
}

fn at(address: &str) -> Value {
    let mut joiner = joiner("10");
    joiner["personal_email"] = json!(address);
    joiner
}

/// Whoever changes an address voids what was begun and has letters sent to the old one and the new.
#[tokio::test]
async fn a_stolen_feed_key_floods_nobodys_mailbox() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["joiners"]).await;
    let other = Program::registered(&world, &mut ana, &["joiners"]).await;
    let first = bring(&world, &program, &[joiner("10")]).await.json();
    let person: PersonId = first["joiners"][0]["person"].as_str().unwrap().parse().unwrap();
    for number in 0..5 {
        let row = at(&format!("zoe{number}@example.net"));
        let changed = bring(&world, &program, std::slice::from_ref(&row)).await;
        assert_eq!(changed.json()["joiners"][0]["outcome"], "changed", "{changed:?}");
        let same = bring(&world, &program, &[row]).await;
        assert_eq!(same.json()["joiners"][0]["outcome"], "same", "it does not count");
    }
    let email = async || {
        let person = world.app.peek::<firstkey_domain::person::Person>(person).await.unwrap();
        person.unwrap().record.expose().unwrap().personal_email.clone()
    };
    // Another key is no way around it, and the row of somebody else is not applied either.
    for program in [&program, &other] {
        let flooded = bring(&world, program, &[joiner("11"), at("zoe9@example.net")]).await;
        assert_eq!(flooded.status, StatusCode::TOO_MANY_REQUESTS, "{flooded:?}");
        assert_eq!(flooded.problem(), "too-many-invitations");
        assert_eq!(flooded.headers["retry-after"], "720");
        assert_eq!(email().await, "zoe4@example.net", "nothing was changed");
    }
    let joined = bring(&world, &program, &[joiner("11")]).await.json();
    assert_eq!(joined["joiners"][0]["outcome"], "joined", "nor was anybody recorded");

    // Operators can still invite, and an hour's share comes back bit by bit.
    let enrollment = world.enrollment(person).await;
    let again = ana.form(&world, &format!("/enrollments/{enrollment}/reinvite"), &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{again:?}");
    world.clock.pass(12 * 60);
    let changed = bring(&world, &program, &[at("zoe9@example.net")]).await;
    assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    assert_eq!(bring(&world, &program, &[at("zoe8@example.net")]).await.status, 429);
}

/// What a program hears while its owner is an administrator, and for the same request when they are not.
async fn before_and_after(world: &World, scope: &str, sent: &Sent) -> [Answer; 2] {
    let mut ana = administrator(world).await;
    let olga = world.join("3", "Olga", None).await;
    let mut olga = Desk::of(world, olga, 2).await;
    ana.grant(world, olga.person, "administrator").await;
    olga.sign_in(world).await;
    let program = Program::registered(world, &mut olga, &[scope]).await;
    let before = program.call(world, sent).await;
    let path = format!("/people/{}/roles", olga.person);
    let ask = json!({ "role": "administrator", "held": "revoke" });
    let asked = ana.script(world, &format!("{path}/options"), &ask).await;
    let press = ana.press(&asked);
    let revoked = ana.script(world, &path, &press).await;
    assert_eq!(revoked.status, StatusCode::OK, "{revoked:?}");
    [before, program.call(world, sent).await]
}

#[tokio::test]
async fn what_was_answered_before_is_for_nobody_who_may_no_more() {
    for (scope, status) in [
        ("invitations", StatusCode::NOT_FOUND),
        ("prepare", StatusCode::NOT_FOUND),
        ("joiners", StatusCode::FORBIDDEN),
    ] {
        let world = World::new().await;
        let enrollment = world.enrollment(world.ben).await;
        let act = json!({ "act": "grant_role", "person": world.ben, "role": "auditor" });
        let (path, body) = match scope {
            "invitations" => (format!("/api/v1/enrollments/{enrollment}/withdrawal"), json!({})),
            "prepare" => ("/api/v1/acts".to_owned(), act),
            _ => ("/api/v1/joiners".to_owned(), json!({ "joiners": [joiner("60")] })),
        };
        let path = path.as_str();
        let sent = Sent::post(path, &body).with("idempotency-key", "a");
        let [before, after] = before_and_after(&world, scope, &sent).await;
        assert_eq!(before.status, StatusCode::OK, "{path}: {before:?}");
        assert_eq!(after.status, status, "{path}: {after:?}");
    }
}

#[tokio::test]
async fn who_may_not_withdraw_does_not_hear_whether_an_enrollment_has_moved() {
    let world = World::new().await;
    let enrollment = world.enrollment(world.ben).await;
    let path = format!("/api/v1/enrollments/{enrollment}/withdrawal");
    let stale = Sent::post(&path, &json!({})).with("if-match", "\"999-x\"");
    let [before, after] = before_and_after(&world, "invitations", &stale).await;
    assert_eq!(before.problem(), "not-current", "{before:?}");
    assert_eq!(after.status, StatusCode::NOT_FOUND, "{after:?}");
}
