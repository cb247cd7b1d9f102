//! Finding people, adding them, and what their pages tell.

use axum::http::StatusCode;
use firstkey_app::policy::Activate;
use serde_json::{Value, json};

use firstkey_app::people::{ErasePerson, MarkLeft};
use firstkey_domain::Actor;

use crate::world::{Answer, Browser, Desk, World};

pub(crate) async fn administrator(world: &World) -> Desk {
    let ada = world.join("A", "Ada", None).await;
    Desk::administrator(world, ada, 40).await
}

#[tokio::test]
async fn people_are_found_by_the_beginnings_of_words_and_paged_without_gaps() {
    let world = World::new().await;
    for number in 0..60 {
        world.join(&format!("X{number}"), &format!("Zoe{number}"), None).await;
    }
    let ada = administrator(&world).await;

    let mut seen = std::collections::BTreeSet::new();
    let mut path = Some("/people?search=zoe".to_owned());
    let mut pages = 0;
    while let Some(page) = path {
        let answer = ada.get(&world, &page).await;
        let rows: Vec<_> =
            answer.text.split("class=\"name\" href=\"").skip(1).map(first_attribute).collect();
        assert!(rows.len() <= 25);
        for row in rows {
            assert!(seen.insert(row.to_owned()), "{row} is on two pages");
        }
        // Whoever comes while somebody pages shifts nothing.
        world.clock.pass(1);
        world.join(&format!("Y{pages}"), &format!("Zoey{pages}"), None).await;
        path = answer
            .text
            .split_once("rel=\"next\" href=\"")
            .map(|(_, rest)| first_attribute(rest).replace("&amp;", "&").replace("&#38;", "&"));
        pages += 1;
    }
    assert_eq!((pages, seen.len()), (3, 60));

    let found = ada.get(&world, "/people?search=ben%20fer").await;
    assert!(found.text.contains("Ben Ferreira") && !found.text.contains("Zoe1"));
    let none = ada.get(&world, "/people?search=%3Cscript%3E").await;
    assert!(none.text.contains("Nobody is found") && !none.text.contains("<script>"));
}

#[tokio::test]
async fn enrollments_are_found_by_their_person_and_what_is_taken_away_is_what_was_shown() {
    let world = World::new().await;
    for number in 0..30 {
        world.join(&format!("X{number}"), &format!("Zoe{number}"), None).await;
    }
    let ada = administrator(&world).await;
    world.join("B", "Bo", None).await;

    let first = ada.get(&world, "/enrollments?search=zoe&stage=all").await;
    assert!(first.text.contains("value=\"zoe\"") && !first.text.contains("Bo Ferreira"));
    let next =
        first.between("rel=\"next\" href=\"", "\"").replace("&amp;", "&").replace("&#38;", "&");
    assert!(next.starts_with("/enrollments?search=zoe&stage=all&after="), "{next}");
    let last = ada.get(&world, &next).await;
    let shown =
        |answer: &Answer| (0..30).filter(|n| answer.text.contains(&format!("Zoe{n} "))).count();
    assert_eq!((shown(&first), shown(&last)), (25, 5));

    let none = ada.get(&world, "/enrollments?search=%3Cscript%3E").await;
    assert!(none.text.contains("No enrollment at this stage") && !none.text.contains("<script>"));
    let file = ada.form(&world, "/enrollments/export", &[("search", "bo"), ("stage", "all")]).await;
    assert_eq!(file.text.lines().count(), 2, "{file:?}");
}

fn first_attribute(rest: &str) -> &str {
    rest.split('"').next().unwrap()
}

/// What is typed for Dora, whom Ana is to meet.
const DORA: [(&str, &str); 9] = [
    ("given_name", "Dora"),
    ("family_name", "O'Neil"),
    ("personal_email", "dora@example.net"),
    ("sponsor", "Ana@example.net"),
    ("start_date", "2026-02-02"),
    ("time_zone", "Europe/Lisbon"),
    ("external_id", "D-1"),
    ("worker_type", "employee"),
    ("reason", "TICKET-7"),
];

fn dora_with(name: &str, value: &'static str) -> [(&'static str, &'static str); 9] {
    DORA.map(|(each, old)| if each == name { (each, value) } else { (each, old) })
}

pub(crate) fn script(fields: &[(&str, &str)]) -> Value {
    fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect()
}

/// What the page that was shown sends to be signed.
fn reviewed(review: &Answer) -> Value {
    let sponsor = review.between("name=\"sponsor_shown\" value=\"", "\"");
    script(&[&DORA[..], &[("sponsor_shown", sponsor.as_str())]].concat())
}

#[tokio::test]
async fn whoever_sponsors_many_pages_through_them_those_who_wait_first() {
    let world = World::new().await;
    let ana = Desk::of(&world, world.ana, 40).await;
    for number in 0..60 {
        world.join(&format!("X{number}"), &format!("Zoe{number}"), Some(world.ana)).await;
    }
    // Ben came first of all, and is the one who waits.
    let locator = world.locator(world.ben).await;
    Browser::new(1).begin(&world, &locator).await;
    let start = ana.get(&world, "/").await;
    assert!(start.text.contains("Everybody whom you sponsor"));
    let (mut seen, mut sizes) = (Vec::new(), Vec::new());
    let mut path = Some("/waiting".to_owned());
    while let Some(page) = path {
        let answer = ana.get(&world, &page).await;
        let rows: Vec<_> =
            answer.text.split("class=\"name\" href=\"").skip(1).map(first_attribute).collect();
        sizes.push(rows.len());
        seen.extend(rows.into_iter().map(str::to_owned));
        let next = answer.text.split_once("rel=\"next\" href=\"");
        path = next.map(|(_, rest)| first_attribute(rest).to_owned());
    }
    assert_eq!(sizes, [25, 25, 11]);
    let ben = world.enrollment(world.ben).await;
    assert_eq!(seen[0], format!("/waiting/{ben}"));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 61);
    // What is no page begins at the start.
    assert!(ana.get(&world, "/waiting?after=nonsense").await.text.contains("Ben Ferreira"));
}

#[tokio::test]
async fn nobodys_mailbox_is_flooded_with_invitations() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let path = |enrollment| format!("/enrollments/{enrollment}/reinvite");
    let ben = world.enrollment(world.ben).await;
    // Whoever may not send it does not use up what others may.
    let cleo = world.join("C", "Cleo", None).await;
    let cleo = Desk::of(&world, cleo, 41).await;
    assert_eq!(cleo.form(&world, &path(ben), &[]).await.status, StatusCode::NOT_FOUND);
    for _ in 0..5 {
        let sent = ada.form(&world, &path(ben), &[]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{sent:?}");
    }
    let newest = world.locator(world.ben).await;
    let flooded = ada.form(&world, &path(ben), &[]).await;
    assert_eq!(flooded.problem(), "too-many-invitations");
    assert_eq!(flooded.headers["retry-after"], "720");
    assert_eq!(world.locator(world.ben).await, newest, "nothing was changed");

    // Taking it back and opening another is no way around it.
    let withdrawn =
        ada.form(&world, &format!("/enrollments/{ben}/withdraw"), &[("reason", "x")]).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER, "{withdrawn:?}");
    let fields = [("reason", "again"), ("at_once", "on")];
    let opened = ada.form(&world, &format!("/people/{}/enrollments", world.ben), &fields).await;
    assert_eq!(opened.problem(), "too-many-invitations");

    // It is about one person, and one hour.
    let ana = world.enrollment(world.ana).await;
    assert_eq!(ada.form(&world, &path(ana), &[]).await.status, StatusCode::SEE_OTHER);
    world.clock.pass(12 * 60);
    let opened = ada.form(&world, &format!("/people/{}/enrollments", world.ben), &fields).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{opened:?}");
}

#[tokio::test]
async fn what_is_wrong_with_a_joiner_stands_beside_its_field_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    for (name, value, said) in [
        ("personal_email", "dora", "This is not an e-mail address"),
        ("start_date", "2/2/26", "This is not a date"),
        ("sponsor", "nobody@example.net", "Nobody here is known by that"),
        ("reason", " ", "Say why"),
        ("external_id", "1", "Somebody has this number already"),
    ] {
        let again = ada.form(&world, "/people", &dora_with(name, value)).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(again.text.contains(said), "{name}: {again:?}");
        assert!(again.text.contains("value=\"TICKET-7\"") || name == "reason");
        assert!(again.text.contains("value=\"O&#39;Neil\""), "nothing typed is lost");
        let ana = world.ana.to_string();
        let wrong = script(&[&dora_with(name, value)[..], &[("sponsor_shown", &ana)]].concat());
        let asked = ada.script(&world, "/people/options", &wrong).await;
        assert_eq!(asked.problem(), "joiner-unfit", "{name}: it is checked again");
    }
    let back = ada.form(&world, "/people", &[&DORA[..], &[("change", "yes")]].concat()).await;
    assert_eq!(back.status, StatusCode::OK);
    assert!(back.text.contains("value=\"O&#39;Neil\"") && back.text.contains("Look it over"));
}

#[tokio::test]
async fn rule_01_a_joiner_is_added_with_a_press_over_what_was_shown() {
    let world = World::new().await;
    let mut ada = administrator(&world).await;
    let alone = "Somebody else has to meet them: whoever adds a person cannot vouch for them.";
    assert!(ada.get(&world, "/people/new").await.text.contains(alone));
    let review = ada.form(&world, "/people", &DORA).await;
    assert_eq!(review.status, StatusCode::OK, "{review:?}");
    assert!(review.text.contains(alone) && review.text.contains("Ana Ferreira"), "{review:?}");
    let search = "/people?search=dora";
    assert!(ada.get(&world, search).await.text.contains("Nobody is found"), "only shown");

    // A page that says nothing of who the sponsor is, is not the one that was shown.
    let asked = ada.script(&world, "/people/options", &script(&DORA)).await;
    assert_eq!(asked.problem(), "joiner-unfit");
    let asked = ada.script(&world, "/people/options", &reviewed(&review)).await;
    let press = ada.press(&asked);
    let added = ada.script(&world, "/people/add", &press).await;
    assert_eq!(added.status, StatusCode::OK, "{added:?}");
    let page = ada.get(&world, added.json()["to"].as_str().unwrap()).await;
    assert!(page.text.contains("Dora O&#39;Neil"));
    assert!(
        page.text
            .contains("Ada Ferreira opened the first enrollment for Dora O&#39;Neil: “TICKET-7”")
    );
    let again = ada.script(&world, "/people/add", &press).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "one press adds one person");
}

#[tokio::test]
async fn rule_01_who_took_over_the_address_of_the_sponsor_that_was_shown_is_not_signed_for() {
    let world = World::new().await;
    let mut ada = administrator(&world).await;
    let review = ada.form(&world, "/people", &DORA).await;
    assert_eq!(review.between("name=\"sponsor_shown\" value=\"", "\""), world.ana.to_string());
    let as_shown = reviewed(&review);

    let other = world.join("X1", "Ana", None).await;
    world.app.run(&MarkLeft { operator: ada.person, person: world.ana }).await.unwrap();
    let asked = ada.script(&world, "/people/options", &as_shown).await;
    assert_eq!(asked.problem(), "joiner-unfit", "the same address is somebody else's now");

    // Shown anew, it names the other, who is signed for.
    let review = ada.form(&world, "/people", &DORA).await;
    assert_eq!(review.between("name=\"sponsor_shown\" value=\"", "\""), other.to_string());
    let asked = ada.script(&world, "/people/options", &reviewed(&review)).await;
    let press = ada.press(&asked);
    let added = ada.script(&world, "/people/add", &press).await;
    assert_eq!(added.status, StatusCode::OK, "{added:?}");

    // Nobody is a sponsor as well.
    let mut alone = dora_with("sponsor", "");
    for (name, value) in &mut alone {
        if *name == "external_id" {
            *value = "D-2";
        }
    }
    let review = ada.form(&world, "/people", &alone).await;
    assert_eq!(review.between("name=\"sponsor_shown\" value=\"", "\""), "");
    let nobody = script(&[&alone[..], &[("sponsor_shown", "")]].concat());
    let asked = ada.script(&world, "/people/options", &nobody).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
}

#[tokio::test]
async fn a_persons_page_tells_their_story_in_order() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let ben = Desk::of(&world, world.ben, 2).await;
    let page = ada.get(&world, &format!("/people/{}", ben.person)).await;
    let story = page.between("<ol class=\"story\">", "</ol>");
    let sentences = [
        "recorded Ben Ferreira as a joiner",
        "opened the first enrollment for Ben Ferreira",
        "sent Ben Ferreira the invitation",
        "A browser began for Ben Ferreira",
        "typed the code from Ben Ferreira&#39;s screen in the terminal",
        "a pass was made",
        "made a passkey",
        "pressed the new passkey once more",
    ];
    let places: Vec<_> = sentences
        .iter()
        .map(|said| story.find(said).unwrap_or_else(|| panic!("{said}: {story}")))
        .collect();
    assert!(places.is_sorted(), "{story}");
    assert!(story.contains("2026-01-05 09:00 UTC"));
}

#[tokio::test]
async fn roles_are_granted_with_a_press_and_never_to_oneself() {
    let world = World::new().await;
    let mut ada = administrator(&world).await;
    let officer = Desk::of(&world, world.ben, 2).await;
    assert_eq!(officer.get(&world, "/people").await.status, StatusCode::NOT_FOUND);
    let granted = ada.grant(&world, officer.person, "officer").await;
    assert_eq!(granted.status, StatusCode::OK, "{granted:?}");
    assert_eq!(officer.get(&world, "/people").await.status, StatusCode::OK);
    let own = ada.grant(&world, ada.person, "officer").await;
    assert_eq!(own.problem(), "own-role");
}

#[tokio::test]
async fn rule_23_a_role_for_which_no_passkey_suits_is_refused_with_what_to_do() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let ben = Desk::of(&world, world.ben, 2).await;
    // The passkeys here are synced, which this policy takes from no administrator.
    let strict = Activate { host: "root".into(), text: firstkey_policy::DEFAULT.to_owned() };
    world.app.run(&strict).await.unwrap();
    let path = format!("/people/{}/roles/options", ben.person);
    for (role, problem, said) in [
        ("administrator", "unsuitable-keys", "Have them add one on “My passkeys” first"),
        ("auditor", "unsuitable-signer", "Add one on “My passkeys”, then start the step again"),
    ] {
        let refused = ada.script(&world, &path, &json!({ "role": role, "held": "grant" })).await;
        assert_eq!(refused.problem(), problem);
        assert!(refused.text.contains(said), "{refused:?}");
    }
}

#[tokio::test]
async fn a_stolen_passkey_is_stopped_on_its_owners_page() {
    let world = World::new().await;
    let mut ada = administrator(&world).await;
    let mut ben = Desk::of(&world, world.ben, 2).await;
    let path = format!("/people/{}", ben.person);
    let passkey = ben.passkeys(&world).await.remove(0);
    let page = ada.get(&world, &path).await.text;
    assert!(page.contains(&format!(r#"data-act="{path}/authenticators/stop""#)), "{page}");
    assert!(page.contains(&format!(r#"name="authenticator" value="{passkey}""#)), "{page}");

    let which = json!({ "authenticator": passkey });
    let ask = format!("{path}/authenticators/stop/options");
    let asked = ada.script(&world, &ask, &which).await;
    let press = ada.press(&asked);
    let stopped = ada.script(&world, &format!("{path}/authenticators/stop"), &press).await;
    assert_eq!(stopped.json()["to"], format!("{path}?done=stopped"));
    let page = ada.get(&world, &format!("{path}?done=stopped")).await.text;
    for said in ["The passkey is stopped.", "stopped a passkey of", ">Stopped</span>"] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("authenticators/stop"), "there is nothing more to stop");
    assert_eq!(ben.get(&world, "/me").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ben.sign_in(&world).await.problem(), "unknown-passkey");
}

#[tokio::test]
async fn whoever_left_is_signed_out_and_stays_out() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let mut ben = Desk::of(&world, world.ben, 2).await;
    ada.form(&world, &format!("/people/{}/leave", ben.person), &[]).await;
    assert_eq!(ben.get(&world, "/me").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ben.sign_in(&world).await.problem(), "unknown-passkey");
}

#[tokio::test]
async fn figures_and_lists_show_what_is_open_and_who_is_stuck() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let overview = ada.get(&world, "/overview").await;
    assert!(overview.text.contains("All of them are, as they must be."));
    // Ana sponsors Ben and holds no passkey yet.
    assert!(overview.text.contains("Waiting: 1") && overview.text.contains("Ana Ferreira"));
    let list = ada.get(&world, "/enrollments").await;
    assert!(list.text.contains("Ana Ferreira sponsors them and holds no passkey yet"));

    Browser::new(2).begin(&world, &world.locator(world.ben).await).await;
    let open = ada.get(&world, "/open").await;
    assert!(open.text.contains("Ben Ferreira") && !open.text.contains("No browser has begun"));
    let outbox = ada.get(&world, "/outbox").await;
    assert!(outbox.text.contains("Notice: somebody is waiting"));
    no_address(&outbox);
}

#[tokio::test]
async fn metadata_that_is_out_of_date_is_said_so_in_plain_words() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let none = ada.get(&world, "/overview").await;
    assert!(none.text.contains("No FIDO metadata was imported"), "{none:?}");

    world.import_metadata(277, "2026-01-06").await;
    let fresh = ada.get(&world, "/overview").await;
    for said in ["<dd>277</dd>", "<dd>2026-01-06</dd>", "2026-01-05 09:00 UTC"] {
        assert!(fresh.text.contains(said), "{said}: {fresh:?}");
    }
    let stale = "The FIDO metadata is out of date: a newer one was due by 2026-01-06.";
    let no_isolation = |page: &Answer| page.text.replace(['\u{2068}', '\u{2069}'], "");
    assert!(!no_isolation(&fresh).contains("out of date"), "{fresh:?}");
    world.clock.pass(2 * 24 * 3600);
    let mut ada = ada;
    ada.sign_in(&world).await;
    let late = ada.get(&world, "/overview").await;
    assert!(no_isolation(&late).contains(stale), "{late:?}");
}

/// Messages are named by what they are: no page shows a link that lets somebody begin.
fn no_address(page: &Answer) {
    assert!(!page.text.contains("/i/"));
}

#[tokio::test]
async fn rule_18_somebody_who_was_erased_is_shown_as_that() {
    let world = World::new().await;
    let mut ada = administrator(&world).await;
    let zoe = world.join("Z1", "Zoraida", Some(world.ana)).await;
    let gone = Desk::of(&world, zoe, 41).await;
    let path = format!("/me/authenticators/{}/name", gone.passkeys(&world).await[0]);
    let named = gone.form(&world, &path, &[("name", "Zoraida's phone")]).await;
    assert_eq!(named.status, StatusCode::SEE_OTHER);
    ada.grant(&world, zoe, "auditor").await;
    let enrollment = world.enrollment(zoe).await;
    world.app.run(&MarkLeft { operator: ada.person, person: zoe }).await.unwrap();
    let by = Actor::Host("root".into());
    let erase = ErasePerson { person: zoe, reason: "request 4711".into(), by };
    world.app.run(&erase).await.unwrap();

    let page = ada.get(&world, &format!("/people/{zoe}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for said in ["Erased", "What was known of this person was erased", "request 4711"] {
        assert!(page.text.contains(said), "{said}: {page:?}");
    }
    let list = ada.get(&world, "/people").await;
    assert!(list.text.contains("Erased"), "{list:?}");
    for path in [
        format!("/people/{zoe}"),
        format!("/people/{}", world.ana),
        format!("/enrollments/{enrollment}"),
        "/people".into(),
        "/people?search=zoraida".into(),
        "/enrollments".into(),
        "/waiting".into(),
        "/open".into(),
        "/overview".into(),
        "/outbox".into(),
        "/".into(),
    ] {
        let page = ada.get(&world, &path).await;
        assert!(page.status != StatusCode::INTERNAL_SERVER_ERROR, "{path}: {page:?}");
        let found = page.text.to_lowercase().matches("zoraida").count();
        // In the field, in the sentence that nobody is found, and in what would be downloaded.
        let typed = usize::from(path.contains("search")) * 3;
        assert!(found <= typed, "{path}: {page:?}");
    }
    assert_eq!(gone.get(&world, "/me").await.status, StatusCode::SEE_OTHER, "signed out");
}
