//! Receipts of joiners whom an operator added in the console: the press that did is verified too.

use firstkey_app::{
    audit::{ReceiptError, receipt::Flaw, verify},
    people::{AddJoiner, AskAdd},
};
use firstkey_ports::memory::MemoryStore;
use firstkey_testkit::authenticator::SoftAuthenticator;
use firstkey_webauthn::authentication::AssertionError;
use serde_json::{Value, json};

use crate::{
    receipts::{kinds, pinned, position, receipt_of},
    relogged::relog,
    world::{CONSOLE, Member, World, press},
};

/// An operator adds somebody for this sponsor, who meets them.
async fn added(world: &World<MemoryStore>, by: &mut Member, sponsor: &mut Member) -> Member {
    let joiner = world.row(None).joiner;
    let ask = AskAdd { operator: by.id, joiner, sponsor: Some(sponsor.id), reason: "T-1".into() };
    let ceremony = world.app.ask_add(ask).await.unwrap();
    let assertion = press(&mut by.key, &ceremony, CONSOLE);
    let add = AddJoiner { operator: by.id, ticket: ceremony.ticket, assertion };
    let person = world.app.add_joiner(add).await.unwrap();
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(sponsor, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await
}

#[tokio::test]
async fn rule_01_a_forged_press_for_a_joiner_is_named() {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let mut sponsor = world.joiner(&mut admin).await;
    let joiner = added(&world, &mut admin, &mut sponsor).await;
    let receipt = receipt_of(&world, &joiner).await;
    let verified = verify(&receipt, &pinned()).unwrap();
    let told = format!("Person {} recorded person {}, and signed for it", admin.id, joiner.id);
    assert!(verified.to_string().contains(&told), "{verified}");
    verify(&relog(&receipt, |_| ()), &pinned()).unwrap();

    let joined =
        position(&receipt, "person.joined/1", |open| open.contains(&joiner.id.to_string()));
    let index = joined as u64;
    let wrong = |flaw| ReceiptError::Wrong { index, flaw };
    let digest = json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    let forgeries: [(&str, &str, Value, ReceiptError); 7] = [
        ("nobody signed", "/event/data/signed", Value::Null, wrong(Flaw::Unsigned)),
        (
            "a feed is said to have told what an operator signed",
            "/by",
            json!({ "source": "hr" }),
            wrong(Flaw::Unsigned),
        ),
        (
            "another department was signed for",
            "/event/data/profile/department",
            json!("Treasury"),
            wrong(Flaw::OtherStatement),
        ),
        (
            "another record was signed for",
            "/event/data/signed/described",
            digest,
            wrong(Flaw::OtherStatement),
        ),
        (
            "it was a sign-in that was signed",
            "/event/data/signed/signed/challenge/purpose",
            json!("sign_in"),
            wrong(Flaw::OtherStatement),
        ),
        (
            "somebody else's passkey is said to have signed",
            "/by",
            json!({ "person": sponsor.id.to_string() }),
            ReceiptError::Missing { what: "the passkey that signed", index },
        ),
        (
            "the passkey never signed",
            "/event/data/signed/signed/assertion/signature",
            json!("AAAA"),
            ReceiptError::Signature { index, error: AssertionError::Signature },
        ),
    ];
    for (story, pointer, to, refusal) in forgeries {
        let forged = relog(&receipt, |events| {
            *events[joined].pointer_mut(pointer).unwrap() = to;
        });
        assert_eq!(verify(&forged, &pinned()), Err(refusal), "{story}");
    }
    let nobody = relog(&receipt, |events| drop(events.remove(joined)));
    let refused = verify(&nobody, &pinned()).unwrap_err();
    let what = "the event that recorded the person";
    assert!(matches!(refused, ReceiptError::Missing { what: lacks, .. } if lacks == what));
}

#[tokio::test]
async fn a_receipt_says_who_recorded_each_person() {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let mut sponsor = world.joiner(&mut admin).await;
    let joiner = added(&world, &mut admin, &mut sponsor).await;
    let receipt = receipt_of(&world, &joiner).await;
    let joined = kinds(&receipt).iter().filter(|kind| *kind == "person.joined/1").count();
    assert_eq!(joined, 3, "the administrator, the sponsor, the joiner");
    let verified = verify(&receipt, &pinned()).unwrap().to_string();
    let by_host = |person| format!("The host's user root recorded person {person}");
    for person in [admin.id, sponsor.id] {
        assert!(verified.contains(&by_host(person)), "{verified}");
    }
}

/// A change of sponsor comes from the host or a feed; receipts cannot show that anybody signed for one.
#[tokio::test]
async fn a_sponsor_whom_a_person_is_said_to_have_named_is_none() {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let mut sponsor = world.joiner(&mut admin).await;
    let person = world.import(Some(admin.id)).await;
    let joiner = world.person(person).await.record.expose().cloned().unwrap();
    let mut row = world.row(Some(sponsor.id));
    row.joiner.external_id = joiner.external_id;
    row.known = Some(person);
    world.app.import_joiner(row).await.unwrap();
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut sponsor, &browser).await;
    let joiner = world.enroll(&browser, SoftAuthenticator::new(901)).await;

    let receipt = receipt_of(&world, &joiner).await;
    verify(&receipt, &pinned()).unwrap();
    let changed = position(&receipt, "person.changed/1", |_| true);
    let forged = relog(&receipt, |events| {
        events[changed]["by"] = json!({ "person": admin.id.to_string() });
    });
    let index = changed as u64;
    let refused = ReceiptError::Wrong { index, flaw: Flaw::Unsigned };
    assert_eq!(verify(&forged, &pinned()), Err(refused));
}
