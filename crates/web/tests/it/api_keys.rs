//! Machine keys: registered and ended with a press, and good for no more than their owner is.

use axum::http::StatusCode;
use firstkey_domain::machine_key::MachineKey;
use serde_json::json;

use crate::world::{CONSOLE, Desk, Program, Sent, World};

pub(crate) async fn administrator(world: &World) -> Desk {
    Desk::administrator(world, world.ana, 1).await
}

#[tokio::test]
async fn a_key_is_registered_listed_used_and_ended() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["read"]).await;
    assert_eq!(program.get(&world, "/api/v1/people").await.status, StatusCode::OK);

    let page = ana.get(&world, "/machine-keys").await;
    assert!(page.text.contains("HR feed") && page.text.contains(&program.key().to_string()));
    assert!(!page.text.contains("Ended</span>"));

    assert_eq!(program.end(&world, &mut ana).await.json()["to"], "/machine-keys?done=key-ended");
    let refused = program.get(&world, "/api/v1/people").await;
    assert_eq!(
        (refused.status, refused.problem()),
        (StatusCode::UNAUTHORIZED, "machine-key".into())
    );
    // It never comes back.
    let again = program.register(&world, &mut ana, &["read"]).await;
    assert_eq!(again.problem(), "machine-key-known");
    assert!(ana.get(&world, "/machine-keys").await.text.contains("Ended</span>"));
}

#[tokio::test]
async fn rule_07_a_key_ends_by_itself() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["read"]).await;
    world.clock.pass(90 * 86_400 - 60);
    assert_eq!(program.get(&world, "/api/v1/figures").await.status, StatusCode::OK);
    world.clock.pass(60);
    assert_eq!(program.get(&world, "/api/v1/figures").await.problem(), "machine-key");
}

#[tokio::test]
async fn rule_01_a_press_for_one_key_registers_no_other() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let (one, other) = (Program::stranger(), Program::stranger());
    let for_one = ana.script(&world, "/machine-keys/options", &one.form(&["read"])).await;
    let for_other = ana.script(&world, "/machine-keys/options", &other.form(&["read"])).await;
    let mut press = ana.press(&for_one);
    press["ticket"] = for_other.json()["ticket"].clone();
    assert_eq!(ana.script(&world, "/machine-keys", &press).await.problem(), "not-signed");
    assert_eq!(other.get(&world, "/api/v1/people").await.problem(), "machine-key");

    // The same press counts once.
    let press = ana.press(&for_one);
    assert_eq!(ana.script(&world, "/machine-keys", &press).await.status, StatusCode::OK);
    let again = ana.script(&world, "/machine-keys", &press).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{again:?}");
}

#[tokio::test]
async fn what_cannot_be_registered_says_why() {
    let world = World::new().await;
    let ana = administrator(&world).await;
    let program = Program::stranger();
    let private = r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}"#;
    for (member, value, problem) in [
        ("public_key", "ssh-ed25519 AAAA", "not-a-key"),
        ("public_key", private, "not-a-key"),
        ("name", "", "machine-key-name"),
        ("name", "Ana\u{202e}", "machine-key-name"),
        ("days", "0", "machine-key-end"),
        ("days", "401", "machine-key-end"),
        ("days", "soon", "machine-key-end"),
    ] {
        let mut form = program.form(&["read"]);
        form[member] = json!(value);
        let refused = ana.script(&world, "/machine-keys/options", &form).await;
        assert_eq!(refused.problem(), problem, "{member} {value}");
    }
    let nothing = ana.script(&world, "/machine-keys/options", &program.form(&[])).await;
    assert_eq!(nothing.problem(), "no-scope");
}

#[tokio::test]
async fn rule_07_a_key_whose_owner_lost_the_right_or_left_is_dead_at_once() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let olga = world.join("3", "Olga", None).await;
    let mut olga = Desk::of(&world, olga, 2).await;
    ana.grant(&world, olga.person, "administrator").await;
    olga.sign_in(&world).await;
    let program = Program::registered(&world, &mut olga, &["read", "joiners"]).await;
    assert_eq!(program.get(&world, "/api/v1/people").await.status, StatusCode::OK);

    let path = format!("/people/{}/roles", olga.person);
    let ask = json!({ "role": "administrator", "held": "revoke" });
    let asked = ana.script(&world, &format!("{path}/options"), &ask).await;
    let press = ana.press(&asked);
    ana.script(&world, &path, &press).await;
    assert_eq!(program.get(&world, "/api/v1/people").await.status, StatusCode::NOT_FOUND);
    let joiner = crate::api::joiner("9");
    let refused = program.post(&world, "/api/v1/joiners", &json!({ "joiners": [joiner] })).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    ana.form(&world, &format!("/people/{}/leave", olga.person), &[]).await;
    assert_eq!(program.get(&world, "/api/v1/people").await.problem(), "machine-key");
}

#[tokio::test]
async fn rule_07_a_proof_is_for_one_request_and_counts_once() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["read", "joiners"]).await;
    program.get(&world, "/api/v1/people").await;
    let sent = Sent::post("/api/v1/joiners", &json!({ "joiners": [crate::api::joiner("9")] }));
    let url = format!("{CONSOLE}{}", sent.path);

    // For another body, another address, with another query, another method; and no proof at all.
    let wrong = [
        program.prove("POST", &url, "{}"),
        program.prove("POST", &format!("{CONSOLE}/api/v1/acts"), &sent.body),
        program.prove("POST", &format!("{url}?a=b"), &sent.body),
        program.prove("GET", &url, &sent.body),
    ];
    for proof in &wrong {
        let refused = world.send(sent.request(Some(proof))).await;
        assert_eq!((refused.status, refused.problem()), (StatusCode::UNAUTHORIZED, "proof".into()));
    }
    assert_eq!(world.send(sent.request(None)).await.problem(), "proof");

    let proof = program.prove("POST", &url, &sent.body);
    assert_eq!(world.send(sent.request(Some(&proof))).await.status, StatusCode::OK);
    let again = world.send(sent.request(Some(&proof))).await;
    assert_eq!((again.status, again.problem()), (StatusCode::CONFLICT, "spent".into()));
}

/// What is remembered in memory is gone after a restart; what the commit reserved is not.
#[tokio::test]
async fn rule_07_a_proof_of_a_change_counts_once_over_a_restart() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["read", "outbox"]).await;
    program.get(&world, "/api/v1/people").await;
    let path = format!("/api/v1/outbox/{}/retry", uuid::Uuid::nil());
    let sent = Sent::post(&path, &json!({}));
    let proof = program.prove("POST", &format!("{CONSOLE}{path}"), &sent.body);
    assert_eq!(world.send(sent.request(Some(&proof))).await.status, StatusCode::OK);
    let again = world.restarted().send(sent.request(Some(&proof))).await;
    assert_eq!((again.status, again.problem()), (StatusCode::CONFLICT, "spent".into()));
}

#[tokio::test]
async fn a_state_of_a_key_that_was_edited_opens_nothing() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &["read"]).await;
    let stream = MachineKey::stream(program.key());
    world.edit_state(stream, "read", "policy").await;
    let refused = program.get(&world, "/api/v1/policy").await;
    assert_eq!(refused.status, StatusCode::INTERNAL_SERVER_ERROR, "{refused:?}");
}

#[tokio::test]
async fn cookies_of_the_console_open_nothing_here() {
    let world = World::new().await;
    let ana = administrator(&world).await;
    let asked = ana.get(&world, "/api/v1/people").await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
}
