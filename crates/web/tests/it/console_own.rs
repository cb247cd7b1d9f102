//! One's own passkeys and sessions.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use firstkey_app::own::SuspendToken;
use firstkey_domain::PersonId;
use firstkey_ports::{Outbox, OutboxState};
use firstkey_testkit::authenticator::{
    Algorithm, Attestation as Shown, SoftAuthenticator, TestAuthority,
};
use serde_json::{Value, json};

use crate::world::{Answer, Browser, CONSOLE, Desk, World};

/// Adds a second passkey on another device, and answers with that device.
async fn second(world: &World, desk: &mut Desk, seed: u64) -> SoftAuthenticator {
    assert_eq!(desk.form(world, "/me/authenticators", &[]).await.location(), "/me/adding");
    let page = desk.get(world, "/me/adding").await;
    let locator = page.between("https://join.example.org/i/", "\"");
    let mut browser = Browser::new(seed);
    let attempt = browser.begin(world, &locator).await;

    let page = desk.get(world, "/me/adding").await;
    assert!(page.text.contains("The other device shows six digits"), "{page:?}");
    let ask = page.between("data-ask=\"", "\"");
    let act = page.between("data-act=\"", "\"");
    let typed = json!({
        "code": attempt.digits(), "started_by_me": true, "known_channel": true, "recognised": true, "acquaintance": "by_sight",
    });
    let asked = desk.script(world, &ask, &typed).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    let press = desk.press(&asked);
    let signed = desk.script(world, &act, &press).await;
    assert_eq!(signed.json()["to"], "/me/adding?done=vouched");
    assert!(desk.get(world, "/me/adding").await.text.contains("Go on at the other device"));

    let asked = browser.register(world, &attempt).await;
    let press = browser.second_press(&asked);
    browser.post(world, &attempt.at("/bind"), &press).await;
    assert_eq!(desk.get(world, "/me/adding").await.location(), "/me?done=added");
    browser.device
}

#[tokio::test]
async fn a_second_passkey_is_added_with_the_first_and_the_first_removed_with_the_second() {
    let world = World::new().await;
    let mut ana = Desk::of(&world, world.ana, 1).await;
    let first = ana.passkeys(&world).await.remove(0);
    let page = ana.get(&world, "/me").await;
    assert!(page.text.contains("This is your only passkey"));
    assert!(!page.text.contains("/remove"), "the last one stays");

    let device = second(&world, &mut ana, 2).await;
    assert_eq!(world.passkeys(world.ana).await, 2);
    let page = ana.get(&world, "/me").await;
    let signals = page.between("data-signals=\"", "\"");
    assert!(signals.contains("allAcceptedCredentialIds"));

    let gone = world.credential(world.ana, 0).await;
    let path = format!("/me/authenticators/{first}/remove");
    assert!(ana.get(&world, &path).await.text.contains("It cannot sign in any more"));
    let asked = ana.script(&world, &format!("{path}/options"), &json!({})).await;
    let removed_device = std::mem::replace(&mut ana.device, device);
    let press = ana.press(&asked);
    let removed = ana.script(&world, &path, &press).await;
    assert_eq!(removed.json()["to"], "/me?done=removed");
    assert_eq!(world.passkeys(world.ana).await, 1);
    // Told here, because the page that is gone to asks for another sign-in.
    let left = world.credential(world.ana, 0).await;
    assert_eq!(accepted(&removed), json!([left]));
    // This session was begun with the passkey that is gone.
    assert_eq!(ana.get(&world, "/me").await.status, StatusCode::SEE_OTHER);
    let signed_in = ana.sign_in(&world).await;
    assert_eq!(signed_in.status, StatusCode::OK);
    for path in ["/", "/me"] {
        let page = ana.get(&world, path).await;
        let signals = page.between("data-signals=\"", "\"").replace("&#34;", "\"");
        let signals: Value = serde_json::from_str(&signals).unwrap();
        let accepted = &signals["all_accepted_credentials"]["allAcceptedCredentialIds"];
        assert_eq!(*accepted, json!([left]), "{path}");
        let details = &signals["current_user_details"];
        assert_eq!(
            (&details["rpId"], &details["displayName"]),
            (&json!("example.org"), &json!("Ana Ferreira"))
        );
    }

    ana.device = removed_device;
    let refused = ana.sign_in(&world).await;
    assert_eq!(refused.problem(), "unknown-passkey");
    let unknown = json!({ "rpId": "example.org", "credentialId": gone });
    assert_eq!(refused.json()["unknown_credential"], unknown);
}

/// The passkeys that an answer tells the device to keep.
fn accepted(answer: &Answer) -> Value {
    answer.json()["signals"]["all_accepted_credentials"]["allAcceptedCredentialIds"].clone()
}

#[tokio::test]
async fn a_device_is_not_told_to_drop_a_passkey_that_was_stopped() {
    let world = World::new().await;
    let mut ben = Desk::of(&world, world.ben, 2).await;
    let authenticator = ben.passkeys(&world).await[0].parse().unwrap();
    let token = SuspendToken { person: world.ben, authenticator }.to_text(world.app.keys());
    ben.form(&world, &format!("/notice/{token}"), &[]).await;
    let refused = ben.sign_in(&world).await;
    assert_eq!(refused.problem(), "unknown-passkey");
    assert!(refused.json().get("unknown_credential").is_none(), "{refused:?}");
}

#[tokio::test]
async fn rule_23_the_console_says_that_setup_is_incomplete_until_there_are_two_passkeys() {
    let world = World::new().await;
    let mut ana = Desk::administrator(&world, world.ana, 1).await;
    let pages = ["/", "/people", "/overview", "/me"];
    for path in pages {
        let page = ana.get(&world, path).await;
        assert!(page.text.contains("Setup is not complete."), "{path}: {page:?}");
    }
    let page = ana.get(&world, "/waiting").await;
    assert!(
        !page.text.contains("Setup is not complete."),
        "nothing stands above a joiner: {page:?}"
    );
    second(&world, &mut ana, 2).await;
    for path in pages {
        assert!(!ana.get(&world, path).await.text.contains("Setup is not complete."), "{path}");
    }
    // Whoever holds no role is reminded once, not everywhere.
    let ben = Desk::of(&world, world.ben, 3).await;
    let page = ben.get(&world, "/me").await;
    assert!(!page.text.contains("Setup is not complete."), "{page:?}");
}

#[tokio::test]
async fn the_last_passkey_is_never_removed() {
    let world = World::new().await;
    let mut ana = Desk::of(&world, world.ana, 1).await;
    let only = ana.passkeys(&world).await.remove(0);
    let path = format!("/me/authenticators/{only}/remove");
    assert!(ana.get(&world, &path).await.text.contains("so it stays"));
    let asked = ana.script(&world, &format!("{path}/options"), &json!({})).await;
    let press = ana.press(&asked);
    assert_eq!(ana.script(&world, &path, &press).await.problem(), "last-passkey");
    assert_eq!(world.passkeys(world.ana).await, 1);
}

#[tokio::test]
async fn a_passkey_is_named_and_whatever_is_typed_is_shown_as_text() {
    let world = World::new().await;
    let ana = Desk::of(&world, world.ana, 1).await;
    let only = ana.passkeys(&world).await.remove(0);
    let path = format!("/me/authenticators/{only}/name");
    let named = ana.form(&world, &path, &[("name", "<b>\"Laptop\"</b>")]).await;
    assert_eq!(named.location(), "/me?done=named");
    let page = ana.get(&world, "/me?done=named").await;
    assert!(page.text.contains("Renamed."));
    assert!(!page.text.contains("<b>"), "nothing that somebody typed is markup");
    assert!(page.text.contains("&#60;b&#62;"));
    let empty = ana.form(&world, &path, &[("name", "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);

    let ben = Desk::of(&world, world.ben, 2).await;
    let theirs = ben.form(&world, &path, &[("name", "Mine")]).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND, "it is not theirs");
}

#[tokio::test]
async fn sessions_are_listed_and_this_one_is_marked() {
    let world = World::new().await;
    let mut ana = Desk::of(&world, world.ana, 1).await;
    ana.sign_in(&world).await;
    let page = ana.get(&world, "/me").await;
    assert_eq!(page.text.matches("Last seen").count(), 2);
    assert_eq!(page.text.matches("This one").count(), 1);
    world.clock.pass(3601);
    assert_eq!(ana.get(&world, "/me").await.status, StatusCode::SEE_OTHER, "idle for an hour");
}

/// A model whose vendor attests it.
const MODEL: [u8; 16] = [0xa1; 16];
const MODEL_ICON: &str = "/models/a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1/icon.png";

/// Somebody who is signed in with such a device.
async fn attested(world: &World, person: PersonId, seed: u64) -> Desk {
    let key = TestAuthority::new(301).attestation_key(MODEL, Algorithm::Es256);
    let mut browser = Browser::new(seed);
    browser.device = SoftAuthenticator::new(seed).with_attestation(MODEL, Shown::Packed(key));
    let mut desk = Desk::enrolled_with(world, person, browser).await;
    desk.sign_in(world).await;
    desk
}

#[tokio::test]
async fn models_have_the_names_and_pictures_that_metadata_gives_them() {
    let world = World::new().await;
    let ben = attested(&world, world.ben, 2).await;
    let picture = b"\x89PNG\r\n\x1a\nand the rest";
    let entry = |mime: &str| {
        json!({
            "aaguid": "a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1",
            "metadataStatement": {
                "description": "Soft <key>",
                "protocolFamily": "fido2",
                "attestationTypes": ["basic_full"],
                "attestationRootCertificates": [
                    STANDARD.encode(TestAuthority::new(301).certificate())
                ],
                "icon": format!("data:{mime};base64,{}", STANDARD.encode(picture)),
            },
            "statusReports": [{ "status": "NOT_FIDO_CERTIFIED" }],
            "timeOfLastStatusChange": "2021-05-01",
        })
    };
    assert!(!ben.get(&world, "/me").await.text.contains("Soft"));
    assert_eq!(ben.get(&world, MODEL_ICON).await.status, StatusCode::NOT_FOUND);

    world.import_metadata_about(277, "2027-02-01", &[entry("image/png")]).await;
    let page = ben.get(&world, "/me").await.text;
    let named = format!(r#"<img class="model" src="{MODEL_ICON}" alt=""> Soft &#60;key&#62;"#);
    assert!(page.contains(&named), "{page}");
    assert!(!page.contains("its maker vouches for it"), "nobody did when it was registered");
    let shown = ben.get(&world, MODEL_ICON).await;
    assert_eq!(shown.headers["content-type"], "image/png");
    assert_eq!(shown.text, String::from_utf8_lossy(picture));
    assert_eq!(world.page(CONSOLE, MODEL_ICON).await.status, StatusCode::SEE_OTHER);
    assert_eq!(ben.get(&world, "/models/nonsense/icon.png").await.status, StatusCode::NOT_FOUND);

    let carla = world.join("C", "Carla", Some(world.ana)).await;
    let carla = attested(&world, carla, 3).await;
    let page = carla.get(&world, "/me").await.text;
    assert!(page.contains(&format!("{named} (its maker vouches for it)")), "{page}");

    // A picture that is a document is not shown.
    world.import_metadata_about(278, "2027-02-01", &[entry("image/svg+xml")]).await;
    assert!(!ben.get(&world, "/me").await.text.contains("<img"));
    assert_eq!(ben.get(&world, MODEL_ICON).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_left_open_keeps_nobody_signed_in() {
    let world = World::new().await;
    let ana = Desk::of(&world, world.ana, 1).await;
    // It asks every few seconds whether it is still fresh; every ten minutes are enough here.
    for _ in 0..5 {
        world.clock.pass(600);
        let request = ana.request(&Method::HEAD, "/waiting").body(Body::empty()).unwrap();
        let answer = world.send(request).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.headers.contains_key("firstkey-state") && answer.text.is_empty());
    }
    world.clock.pass(700);
    assert_eq!(ana.get(&world, "/waiting").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_else_sends_the_address_for_a_passkey_of_ones_own() {
    let world = World::new().await;
    let ana = Desk::administrator(&world, world.ana, 1).await;
    let ben = Desk::of(&world, world.ben, 2).await;
    ben.form(&world, "/me/authenticators", &[]).await;
    let id = world.enrollment(world.ben).await;
    let again = ana.form(&world, &format!("/enrollments/{id}/reinvite"), &[]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn officers_are_told_once_however_often_somebody_presses_that_it_was_not_them() {
    let world = World::new().await;
    let mut ana = Desk::administrator(&world, world.ana, 1).await;
    let ben = Desk::of(&world, world.ben, 2).await;
    let granted = ana.grant(&world, world.ben, "officer").await;
    assert_eq!(granted.status, StatusCode::OK, "{granted:?}");
    let authenticator = ben.passkeys(&world).await[0].parse().unwrap();
    let token = SuspendToken { person: world.ben, authenticator }.to_text(world.app.keys());
    let before = world.store.messages(OutboxState::Waiting, 100).await.unwrap().len();
    for _ in 0..3 {
        let pressed = ben.form(&world, &format!("/notice/{token}"), &[]).await;
        assert_eq!(pressed.status, StatusCode::OK, "{pressed:?}");
    }
    let after = world.store.messages(OutboxState::Waiting, 100).await.unwrap().len();
    assert_eq!(after, before + 1);
    assert_eq!(ben.get(&world, "/me").await.status, StatusCode::SEE_OTHER, "its session is over");
}
