//! What programs do: joiners, people, enrollments, messages, and acts that somebody signs.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use firstkey_domain::{Actor, Role, StreamId, person::Person};
use firstkey_ports::{After, PeopleFilter, Queries};
use serde_json::{Value, json};

use crate::{
    api_keys::administrator,
    world::{Desk, Program, SCOPES, Sent, World},
};

pub(crate) fn joiner(external_id: &str) -> Value {
    json!({
        "external_id": external_id,
        "given_name": "Zoe",
        "family_name": "Lima",
        "personal_email": format!("zoe{external_id}@example.net"),
        "start_date": "2026-03-02",
        "time_zone": "Europe/Lisbon",
        "worker_type": "employee",
        "sponsor": "1",
    })
}

async fn bring(world: &World, program: &Program, joiners: Vec<Value>) -> crate::world::Answer {
    program.post(world, "/api/v1/joiners", &json!({ "joiners": joiners })).await
}

async fn everybody(world: &World) -> usize {
    world.store.people(&PeopleFilter::default(), After(None), 1000).await.unwrap().len()
}

#[tokio::test]
async fn joiners_are_brought_changed_and_left_alone() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["joiners", "read"]).await;
    let answer = bring(&world, &program, vec![joiner("10"), joiner("11")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let brought = answer.json()["joiners"].clone();
    assert_eq!([&brought[0]["outcome"], &brought[1]["outcome"]], ["joined", "joined"]);

    let id = brought[0]["person"].as_str().unwrap().to_owned();
    let one = program.get(&world, &format!("/api/v1/people/{id}")).await.json();
    assert_eq!(one["person"]["user_name"], "zoe.lima");
    let other = brought[1]["person"].as_str().unwrap();
    let other = program.get(&world, &format!("/api/v1/people/{other}")).await.json();
    assert_eq!(other["person"]["user_name"], "zoe.lima2", "namesakes in one request");
    assert_eq!(one["person"]["sponsor"], world.ana.to_string());
    let story = program.get(&world, &format!("/api/v1/people/{id}/story")).await.json();
    let kinds: Vec<_> =
        story["events"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "person.joined/1",
            "person.enrollment_opened/1",
            "enrollment.opened/1",
            "enrollment.invited/1"
        ]
    );
    let by = json!({ "kind": "machine", "name": program.key().to_string() });
    assert_eq!(story["events"][0]["by"], by);

    let mut moved = joiner("10");
    moved["department"] = json!("Payments");
    let answer = bring(&world, &program, vec![moved, joiner("11")]).await.json();
    assert_eq!(answer["joiners"][0]["outcome"], "changed");
    assert_eq!(answer["joiners"][1]["outcome"], "same");
}

#[tokio::test]
async fn all_of_them_or_none_and_all_that_is_wrong_at_once() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["joiners"]).await;
    let before = everybody(&world).await;
    let with = |external_id: &str, member: &str, value: Value| {
        let mut joiner = joiner(external_id);
        joiner[member] = value;
        joiner
    };
    let bad = vec![
        joiner("20"),
        with("21", "personal_email", json!("=HYPERLINK(1)")),
        with("22", "start_date", json!("31/03/26")),
        with("23", "given_name", json!("Zoe\u{202e}")),
        with("24", "groups", json!(["a;b"])),
        with("25", "mobile", json!("600 111 222")),
    ];
    let refused = bring(&world, &program, bad).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (StatusCode::UNPROCESSABLE_ENTITY, "joiners".into())
    );
    let rows: Vec<_> = refused.json()["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["row"].as_u64().unwrap(), row["field"].as_str().unwrap().to_owned()))
        .collect();
    let named = |row: u64, field: &str| (row, field.to_owned());
    let expected = [
        named(1, "personal_email"),
        named(2, "start_date"),
        named(3, "given_name"),
        named(4, "groups"),
        named(5, "mobile"),
    ];
    assert_eq!(rows, expected);

    for (rows, field, reason) in [
        (vec![joiner("30"), joiner("30")], "external_id", "same as in row 0"),
        (vec![with("30", "sponsor", json!("nobody"))], "sponsor", "add the sponsor first"),
    ] {
        let refused = bring(&world, &program, rows).await.json();
        let said = &refused["rows"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(said["field"], field);
        assert!(said["reason"].as_str().unwrap().contains(reason), "{said}");
    }
    let many = (0..101).map(|number| joiner(&number.to_string())).collect();
    assert_eq!(bring(&world, &program, many).await.problem(), "too-many-joiners");
    assert_eq!(bring(&world, &program, vec![]).await.problem(), "too-many-joiners");
    assert_eq!(everybody(&world).await, before, "nobody was recorded");
}

#[tokio::test]
async fn rule_01_no_joiner_can_name_a_role_and_nothing_unknown_is_read() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &SCOPES).await;
    let mut with_role = joiner("20");
    with_role["role"] = json!("administrator");
    assert_eq!(bring(&world, &program, vec![with_role]).await.problem(), "malformed");
    let more = json!({ "joiners": [joiner("20")], "dry_run": true });
    assert_eq!(program.post(&world, "/api/v1/joiners", &more).await.problem(), "malformed");
    for path in ["/api/v1/people?sort=name", "/api/v1/people?limit=0", "/api/v1/people?limit=201"] {
        assert_eq!(program.get(&world, path).await.problem(), "malformed", "{path}");
    }
}

#[tokio::test]
async fn rows_may_name_each_other_as_sponsors() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["joiners"]).await;
    let with_sponsor = |external_id: &str, sponsor: &str| {
        let mut joiner = joiner(external_id);
        joiner["sponsor"] = json!(sponsor);
        joiner
    };
    let rows = vec![
        with_sponsor("40", "41"),
        with_sponsor("41", "1"),
        with_sponsor("42", "ZOE40@example.net"),
    ];
    let answer = bring(&world, &program, rows).await.json();
    let ids: Vec<firstkey_domain::PersonId> = (0..3)
        .map(|row| answer["joiners"][row]["person"].as_str().unwrap().parse().unwrap())
        .collect();
    for (person, sponsor) in [(ids[0], ids[1]), (ids[1], world.ana), (ids[2], ids[0])] {
        let person = world.app.peek::<Person>(person).await.unwrap().unwrap();
        assert_eq!(person.profile.sponsor, Some(sponsor));
    }
}

/// An administrator with a feed of their own could choose the address and the sponsor, and then vouch.
#[tokio::test]
async fn rule_02_whoever_owns_the_key_may_not_vouch_for_whom_it_brings() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["joiners"]).await;
    let answer = bring(&world, &program, vec![joiner("50")]).await.json();
    let person: firstkey_domain::PersonId =
        answer["joiners"][0]["person"].as_str().unwrap().parse().unwrap();
    let person = world.app.peek::<Person>(person).await.unwrap().unwrap();
    assert_eq!(person.barred, [ana.person].into());
}

#[tokio::test]
async fn asked_again_under_the_same_key_it_answers_the_same_and_does_nothing() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["joiners"]).await;
    let other = Program::registered(&world, &mut ana, &["joiners"]).await;
    let sent = |body: &Value, key: &str| {
        Sent::post("/api/v1/joiners", &json!({ "joiners": [body] })).with("idempotency-key", key)
    };
    let first = program.call(&world, &sent(&joiner("60"), "a")).await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(!first.headers.contains_key("firstkey-repeated"));
    let again = program.call(&world, &sent(&joiner("60"), "a")).await;
    assert_eq!((again.status, &again.text), (StatusCode::OK, &first.text));
    assert_eq!(again.headers["firstkey-repeated"], "true");

    let misused = program.call(&world, &sent(&joiner("61"), "a")).await;
    assert_eq!(
        (misused.status, misused.problem()),
        (StatusCode::UNPROCESSABLE_ENTITY, "other-request".into())
    );
    // Another program's keys are its own, and what was refused is not remembered.
    assert_eq!(other.call(&world, &sent(&joiner("62"), "a")).await.status, StatusCode::OK);
    let mut bad = joiner("63");
    bad["start_date"] = json!("soon");
    assert_eq!(program.call(&world, &sent(&bad, "b")).await.problem(), "joiners");
    assert_eq!(program.call(&world, &sent(&joiner("63"), "b")).await.status, StatusCode::OK);
    for bad in ["", "two words", &"x".repeat(65)] {
        assert_eq!(
            program.call(&world, &sent(&joiner("64"), bad)).await.problem(),
            "idempotency-key"
        );
    }
    // A day later the key serves anew.
    world.clock.pass(86_400);
    let anew = program.call(&world, &sent(&joiner("60"), "a")).await.json();
    assert_eq!(anew["joiners"][0]["outcome"], "same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_32_who_ask_at_once_one_does_it_and_all_hear_the_same() {
    let world = std::sync::Arc::new(World::new().await);
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["joiners", "read"]).await;
    program.get(&world, "/api/v1/figures").await;
    let before = world.store.entries(StreamId::POLICY).await.unwrap().len();
    let path = "/api/v1/joiners";
    let sent = Sent::post(path, &json!({ "joiners": [joiner("70"), joiner("71")] }))
        .with("idempotency-key", "race");
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let (world, program, sent) =
                (std::sync::Arc::clone(&world), program.clone(), sent.clone());
            tokio::spawn(async move { program.call(&world, &sent).await })
        })
        .collect();
    let mut answers = BTreeSet::new();
    let mut did = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        did += usize::from(!answer.headers.contains_key("firstkey-repeated"));
        answers.insert(answer.text);
    }
    assert_eq!((answers.len(), did), (1, 1));
    assert_eq!(everybody(&world).await, 4);
    assert_eq!(world.store.entries(StreamId::POLICY).await.unwrap().len(), before);
}

#[tokio::test]
async fn lists_are_paged_by_cursors_that_cannot_be_made_up() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["joiners", "read"]).await;
    let joiners = (0..7).map(|number| joiner(&format!("8{number}"))).collect();
    bring(&world, &program, joiners).await;
    let mut seen = Vec::new();
    let mut path = "/api/v1/people?search=zoe&limit=3".to_owned();
    let cursor = loop {
        let page = program.get(&world, &path).await.json();
        for person in page["people"].as_array().unwrap() {
            seen.push(person["id"].as_str().unwrap().to_owned());
        }
        let Some(next) = page["next"].as_str() else { break path };
        path = format!("/api/v1/people?search=zoe&limit=3&after={next}");
    };
    assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (7, 7));
    let cursor = cursor.rsplit_once('=').unwrap().1;
    for wrong in [
        format!("/api/v1/people?limit=3&after={cursor}"),
        format!("/api/v1/enrollments?after={cursor}"),
        format!("/api/v1/people?search=zoe&after=B{}", &cursor[1..]),
        "/api/v1/people?after=".to_owned(),
        format!("/api/v1/people?after={}", world.ana),
    ] {
        assert_eq!(program.get(&world, &wrong).await.problem(), "cursor", "{wrong}");
    }
}

#[tokio::test]
async fn what_the_program_has_is_not_sent_again() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["read", "joiners"]).await;
    let first = program.get(&world, "/api/v1/people").await;
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let sent = Sent::get("/api/v1/people").with("if-none-match", format!("\"x\", {tag}"));
    let known = program.call(&world, &sent).await;
    assert_eq!((known.status, known.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(known.headers[header::ETAG], tag.as_str());
    bring(&world, &program, vec![joiner("90")]).await;
    assert_eq!(program.call(&world, &sent).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_enrollment_is_withdrawn_only_as_it_was_read() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["read", "invitations"]).await;
    let enrollment = world.enrollment(world.ben).await;
    let path = format!("/api/v1/enrollments/{enrollment}");
    let read = program.get(&world, &path).await;
    assert_eq!(read.json()["stage"], "invited");
    let tag = read.headers[header::ETAG].to_str().unwrap().to_owned();

    let invitation = Sent::post(&format!("{path}/invitation"), &json!({})).with("if-match", &tag);
    assert_eq!(program.call(&world, &invitation).await.status, StatusCode::OK);
    let withdrawal = format!("{path}/withdrawal");
    for stale in [tag.as_str(), "\"x\""] {
        let refused = program
            .call(&world, &Sent::post(&withdrawal, &json!({})).with("if-match", stale))
            .await;
        assert_eq!(
            (refused.status, refused.problem()),
            (StatusCode::PRECONDITION_FAILED, "not-current".into()),
            "{stale}"
        );
    }
    let now = program.get(&world, &path).await.headers[header::ETAG].to_str().unwrap().to_owned();
    let withdraw = Sent::post(&withdrawal, &json!({})).with("if-match", now);
    assert_eq!(program.call(&world, &withdraw).await.status, StatusCode::OK);
    assert_eq!(program.get(&world, &path).await.json()["stage"], "withdrawn");
    let over = program.post(&world, &format!("{path}/invitation"), &json!({})).await;
    assert_eq!(over.problem(), "enrollment-over");

    let again = json!({ "reason": "T-1", "at_once": true });
    let opened =
        program.post(&world, &format!("/api/v1/people/{}/enrollments", world.ben), &again).await;
    let newest = world.enrollment(world.ben).await;
    assert_eq!(opened.json()["enrollment"], newest.to_string());
}

#[tokio::test]
async fn rule_01_a_role_that_a_program_prepares_is_granted_by_a_press_in_the_console() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["prepare"]).await;
    let act = json!({ "act": "grant_role", "person": world.ben, "role": "auditor" });
    let prepared = program.post(&world, "/api/v1/acts", &act).await;
    assert_eq!(prepared.status, StatusCode::OK, "{prepared:?}");
    let address = prepared.json()["sign_at"].as_str().unwrap().to_owned();
    let page = address.strip_prefix(crate::world::CONSOLE).unwrap();
    let roles = async || world.app.peek::<Person>(world.ben).await.unwrap().unwrap().roles.clone();
    assert_eq!(roles().await, [].into());

    let shown = ana.get(&world, page).await;
    assert_eq!(shown.status, StatusCode::OK);
    for said in ["Ben Ferreira", "Auditor", "HR feed"] {
        assert!(shown.text.contains(said), "{said}");
    }
    assert_eq!(roles().await, [].into(), "a page changes nothing");

    // What the page's form holds, as its script sends it.
    let ask = shown.between("data-ask=\"", "\"");
    let form = json!({
        "role": shown.between("name=\"role\" value=\"", "\""),
        "held": shown.between("name=\"held\" value=\"", "\""),
    });
    let asked = ana.script(&world, &ask, &form).await;
    let press = ana.press(&asked);
    let done = ana.script(&world, &shown.between("data-act=\"", "\""), &press).await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    assert_eq!(roles().await, [Role::Auditor].into());

    // Nobody else is shown it, an altered address shows nothing, and it ends.
    let ben = Desk::of(&world, world.ben, 7).await;
    assert_eq!(ben.get(&world, page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ana.get(&world, &format!("{page}A")).await.status, StatusCode::NOT_FOUND);
    world.clock.pass(86_400);
    ana.sign_in(&world).await;
    assert_eq!(ana.get(&world, page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_the_program_of_an_ended_key_prepared_is_shown_no_more() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["prepare"]).await;
    let ben = Desk::enrolled(&world, world.ben, 7).await;
    let passkey = ben.passkeys(&world).await.remove(0);
    let act = json!({ "act": "stop_passkey", "person": world.ben, "passkey": passkey });
    let prepared = program.post(&world, "/api/v1/acts", &act).await.json();
    let page = prepared["sign_at"].as_str().unwrap().to_owned();
    let page = page.strip_prefix(crate::world::CONSOLE).unwrap();
    assert!(ana.get(&world, page).await.text.contains(&passkey));
    program.end(&world, &mut ana).await;
    assert_eq!(ana.get(&world, page).await.status, StatusCode::NOT_FOUND);

    let nobody = json!({ "act": "stop_passkey", "person": world.ben, "passkey": world.ana });
    let other = Program::registered(&world, &mut ana, &["prepare"]).await;
    assert_eq!(other.post(&world, "/api/v1/acts", &nobody).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn policy_figures_and_log_are_told_as_they_are() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &SCOPES).await;
    world.app.sequence_once().await.unwrap();
    let policy = program.get(&world, "/api/v1/policy").await.json();
    assert_eq!((&policy["text"], &policy["revision"]), (&json!(firstkey_policy::DEMO), &json!(1)));
    let figures = program.get(&world, "/api/v1/figures").await.json();
    assert_eq!((&figures["figures"]["people"], &figures["is_sound"]), (&json!(2), &json!(true)));
    let checkpoint = program.get(&world, "/api/v1/log/checkpoint").await.json();
    assert!(checkpoint["checkpoint"].as_str().unwrap().contains("lifecycle\n"));
    let open = program.get(&world, "/api/v1/open").await.json();
    assert_eq!(open["enrollments"][0]["person"], world.ben.to_string());
    let waiting = program.get(&world, "/api/v1/outbox?state=waiting").await.json();
    let messages = waiting["messages"].as_array().unwrap();
    assert!(messages.iter().any(|message| message["kind"] == "invitation"), "{waiting}");
}

#[test]
fn a_program_is_an_actor_of_its_own() {
    let (key, owner) =
        (Program::stranger().key(), firstkey_domain::PersonId::from_uuid(uuid::Uuid::nil()));
    let actor = Actor::Machine { key, owner };
    assert_eq!((actor.person(), actor.responsible()), (None, Some(owner)));
}
