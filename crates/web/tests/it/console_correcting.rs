//! An operator corrects somebody's record: a form, a page that shows what will differ, and a press.

use axum::http::StatusCode;
use firstkey_app::people::MarkLeft;
use serde_json::{Value, json};

use crate::{
    console_people::{administrator, script},
    world::{Answer, Desk, World},
};

/// What the form holds.
const NAMES: [&str; 10] = [
    "given_name",
    "family_name",
    "personal_email",
    "mobile",
    "sponsor",
    "start_date",
    "time_zone",
    "department",
    "language",
    "reason",
];

/// The form with the record as it stands, and this of it typed otherwise.
async fn typed(world: &World, ada: &Desk, otherwise: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = ada.get(world, &format!("/people/{}/record", world.ben)).await;
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    let value = |name: &str| {
        let otherwise = otherwise.iter().find(|(each, _)| *each == name);
        otherwise.map_or_else(|| shown(&page, name), |(_, value)| (*value).to_owned())
    };
    NAMES.map(|name| (name.to_owned(), value(name))).into()
}

/// What a field of a form holds.
fn shown(page: &Answer, name: &str) -> String {
    let input = page.between(&format!("name=\"{name}\""), ">");
    let value = input.split_once("value=\"").and_then(|(_, rest)| rest.split_once('"'));
    value.map(|(value, _)| value.to_owned()).unwrap_or_default()
}

fn of(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// What the page that was shown sends to be signed.
fn reviewed(review: &Answer, fields: &[(String, String)]) -> Value {
    let [sponsor, version] = ["sponsor_shown", "version_shown"]
        .map(|name| review.between(&format!("name=\"{name}\" value=\""), "\""));
    let shown = [("sponsor_shown", sponsor.as_str()), ("version_shown", version.as_str())];
    script(&[&of(fields)[..], &shown].concat())
}

#[tokio::test]
async fn rule_01_a_record_is_corrected_with_a_press_over_what_was_shown() {
    let world = World::new().await;
    let mut ada = administrator(&world).await;
    let person = format!("/people/{}", world.ben);
    assert!(ada.get(&world, &person).await.text.contains("Correct this record"));
    let path = format!("{person}/record");
    let moved = [("personal_email", "benedict@example.net"), ("reason", "TICKET-9")];
    let fields = typed(&world, &ada, &moved).await;
    let review = ada.form(&world, &path, &of(&fields)).await;
    assert_eq!(review.status, StatusCode::OK, "{review:?}");
    assert!(review.text.contains("benedict@example.net"));
    assert!(review.text.contains("You cannot vouch for Ben Ferreira"), "{review:?}");
    assert!(!review.text.contains("Time zone</strong>"), "only what differs is shown");

    // A page that does not say what it showed, is not the one that was shown.
    let asked = ada.script(&world, &format!("{path}/options"), &script(&of(&fields))).await;
    assert_eq!(asked.problem(), "record-moved");
    let as_shown = reviewed(&review, &fields);
    let asked = ada.script(&world, &format!("{path}/options"), &as_shown).await;
    let press = ada.press(&asked);
    let corrected = ada.script(&world, &format!("{path}/correct"), &press).await;
    assert_eq!(corrected.status, StatusCode::OK, "{corrected:?}");
    let page = ada.get(&world, corrected.json()["to"].as_str().unwrap()).await;
    assert!(page.text.contains("benedict@example.net"));
    let told = "Ada Ferreira corrected Ben Ferreira&#39;s record (address): “TICKET-9”";
    assert!(page.text.contains(told), "{page:?}");

    let again = ada.script(&world, &format!("{path}/correct"), &press).await;
    assert_eq!(again.problem(), "record-moved", "one press corrects once");
    let stale = ada.script(&world, &format!("{path}/options"), &as_shown).await;
    assert_eq!(stale.problem(), "record-moved", "the page shows what is no more");
}

#[tokio::test]
async fn what_is_wrong_with_a_correction_stands_beside_its_field() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let path = format!("/people/{}/record", world.ben);
    for (name, value, said) in [
        ("personal_email", "ben", "This is not an e-mail address"),
        ("given_name", " ", "This is needed"),
        ("start_date", "soon", "This is not a date"),
        ("sponsor", "nobody@example.net", "Nobody here is known by that"),
        ("sponsor", "ben@example.net", "Nobody sponsors themselves"),
        ("reason", " ", "Say why"),
    ] {
        let mut otherwise = vec![("mobile", "+351210000000"), ("reason", "T-1")];
        otherwise.retain(|(each, _)| *each != name);
        otherwise.push((name, value));
        let fields = typed(&world, &ada, &otherwise).await;
        let again = ada.form(&world, &path, &of(&fields)).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {again:?}");
        assert!(again.text.contains(said), "{name}: {again:?}");
        assert!(again.text.contains("value=\"+351210000000\""), "nothing typed is lost");
    }
    let same = typed(&world, &ada, &[("reason", "T-1")]).await;
    let again = ada.form(&world, &path, &of(&same)).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("Nothing differs"), "{again:?}");
}

/// Who vouches stays who they are when nobody touches the field, also if the address is two people's.
#[tokio::test]
async fn a_sponsor_who_is_not_touched_stays() {
    let world = World::new().await;
    let mut ada = administrator(&world).await;
    let double = world.join("X1", "Ana", None).await;
    let path = format!("/people/{}/record", world.ben);
    let fields = typed(&world, &ada, &[("mobile", "+351210000000"), ("reason", "T-1")]).await;
    let review = ada.form(&world, &path, &of(&fields)).await;
    assert_eq!(review.between("name=\"sponsor_shown\" value=\"", "\""), world.ana.to_string());
    let asked = ada.script(&world, &format!("{path}/options"), &reviewed(&review, &fields)).await;
    let press = ada.press(&asked);
    assert_eq!(ada.script(&world, &format!("{path}/correct"), &press).await.status, StatusCode::OK);
    let left = MarkLeft { operator: ada.person, person: double };
    world.app.run(&left).await.unwrap();
    let asked = ada.script(&world, &format!("/people/{double}/record/options"), &json!({})).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND, "of whoever left nothing is corrected");
}
