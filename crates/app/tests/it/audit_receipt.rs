//! A receipt, the log's key, and nothing else: what an auditor can verify offline, and that nobody
//! without that key alters it unseen.

use firstkey_app::{
    Fault,
    audit::{
        ReceiptError,
        receipt::{Flaw, NoReceipt},
        verify, verify_json,
    },
    people::{AskRole, GrantRole},
};
use firstkey_domain::Role;
use firstkey_log::{
    checkpoint::OpenCheckpointError,
    note::{NoteSigner, VerifyNoteError},
    proof::VerifyProofError,
};
use serde_json::{Value, json};

use crate::{
    receipts::{kinds, pinned, position, receipt_of, three},
    relogged::relog,
    world::{CONSOLE, JOIN, World, press},
};

#[tokio::test]
async fn a_joiners_receipt_leads_to_the_terminal() {
    let (world, [admin, sponsor, joiner]) = three().await;
    let receipt = receipt_of(&world, &joiner).await;
    let verified = verify(&receipt, &pinned()).unwrap();
    assert_eq!(verified.person, joiner.id);
    assert_eq!(verified.enrollment, joiner.enrollment);
    assert_eq!(verified.authenticator, joiner.authenticator);
    assert_eq!(verified.rp_id, "example.org");
    assert_eq!(verified.origins, [CONSOLE, JOIN]);
    let told = verified.to_string();
    assert!(told.contains("the host's user root typed the code on the server itself"), "{told}");
    for voucher in [&admin, &sponsor] {
        assert!(told.contains(&format!("person {} matched the code", voucher.id)), "{told}");
    }
    assert!(told.contains("What was displayed to anybody who pressed is not proven"), "{told}");

    let count = |kind: &str| kinds(&receipt).iter().filter(|each| *each == kind).count();
    assert_eq!(count("policy.activated/1"), 1, "three decisions under one policy");
    for kind in ["enrollment.bound/1", "enrollment.proofed/2", "person.authenticator_bound/1"] {
        assert_eq!(count(kind), 3, "{kind}");
    }
    let kept = serde_json::to_vec(&receipt).unwrap();
    assert_eq!(verify_json(&kept, &pinned()).unwrap(), verified);
}

#[tokio::test]
async fn nothing_confidential_is_in_a_receipt() {
    let (world, [_, sponsor, joiner]) = three().await;
    let receipt = serde_json::to_string(&receipt_of(&world, &joiner).await).unwrap();
    for member in [&sponsor, &joiner] {
        let person = world.person(member.id).await;
        let record = person.record.expose().unwrap();
        let (given, family) = (&record.given_name, &record.family_name);
        for secret in [given, family, &record.personal_email, &record.user_name] {
            assert!(!receipt.contains(secret.as_str()), "{secret}");
        }
    }
    assert!(!receipt.contains("Firefox"), "the device that was begun with");
    assert!(!receipt.contains("permit ("), "how the organisation defends itself");
}

#[tokio::test]
async fn a_receipt_waits_for_the_log() {
    let (world, [.., joiner]) = three().await;
    assert_eq!(world.app.receipt(joiner.enrollment).await.unwrap(), None);
    world.app.sequence_once().await.unwrap();
    assert!(world.app.receipt(joiner.enrollment).await.unwrap().is_some());

    let open = world.import(Some(joiner.id)).await;
    let open = world.enrollment_of(open).await;
    assert!(matches!(world.app.receipt(open).await, Err(Fault::Refused(NoReceipt))));
}

#[tokio::test]
async fn an_officers_right_to_vouch_is_in_the_receipt() {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let mut officer = world.joiner(&mut admin).await;
    let ask = AskRole { operator: admin.id, person: officer.id, role: Role::Officer, held: true };
    let ceremony = world.app.ask_role(ask).await.unwrap();
    let grant = GrantRole {
        operator: admin.id,
        assertion: press(&mut admin.key, &ceremony, CONSOLE),
        ticket: ceremony.ticket,
    };
    world.app.run(&grant).await.unwrap();
    let joiner = world.joiner_of(admin.id, &mut officer).await;

    let receipt = receipt_of(&world, &joiner).await;
    let verified = verify(&receipt, &pinned()).unwrap();
    assert!(verified.to_string().contains("as an officer"), "{verified}");

    let granted = position(&receipt, "person.role_granted/1", |_| true);
    let without = relog(&receipt, |entries| drop(entries.remove(granted)));
    let refused = verify(&without, &pinned()).unwrap_err();
    let what = "the grant of the voucher's role";
    assert!(matches!(refused, ReceiptError::Missing { what: lacks, .. } if lacks == what));

    let unsigned = relog(&receipt, |entries| {
        entries[granted]["event"]["data"]["signed"] = Value::Null;
    });
    let index = granted as u64;
    let refused = ReceiptError::Wrong { index, flaw: Flaw::Relation };
    assert_eq!(verify(&unsigned, &pinned()), Err(refused));
    let other_role = relog(&receipt, |entries| {
        let signed = &mut entries[granted]["event"]["data"]["signed"];
        let signature = signed["assertion"]["signature"].as_str().unwrap();
        let other = if &signature[30..31] == "A" { "B" } else { "A" };
        let forged = format!("{}{other}{}", &signature[..30], &signature[31..]);
        signed["assertion"]["signature"] = json!(forged);
    });
    let refused = verify(&other_role, &pinned()).unwrap_err();
    assert!(matches!(refused, ReceiptError::Signature { index: of, .. } if of == index));
}

#[tokio::test]
async fn a_receipt_that_was_changed_anywhere_is_refused() {
    let (world, [admin, ..]) = three().await;
    let kept = serde_json::to_vec(&receipt_of(&world, &admin).await).unwrap();
    verify_json(&kept, &pinned()).unwrap();
    // All of what no proof covers, and every third byte of what entries and proofs hold.
    let covered = kept.windows(11).position(|window| window == b"\"entries\":[").unwrap();
    for place in (0..covered + 64).chain((covered + 64..kept.len()).step_by(3)) {
        // Case is the bit that text is careless about.
        let bit = if kept[place].is_ascii_alphabetic() { 5 } else { place % 8 };
        let mut changed = kept.clone();
        changed[place] ^= 1 << bit;
        let around = String::from_utf8_lossy(&kept[place.saturating_sub(20)..=place]);
        let refused = verify_json(&changed, &pinned()).is_err();
        assert!(refused, "bit {bit} of byte {place}, after {around:?}");
    }
}

#[tokio::test]
async fn only_the_pinned_key_counts() {
    let (world, [.., joiner]) = three().await;
    let receipt = receipt_of(&world, &joiner).await;
    let name = "console.example.org/log".parse().unwrap();
    let other = NoteSigner::from_seed(name, &[8; 32]).unwrap();
    let unknown = OpenCheckpointError::Signature(VerifyNoteError::UnknownKeys);
    assert_eq!(verify(&receipt, &other.verifier()), Err(ReceiptError::Checkpoint(unknown)));
}

#[tokio::test]
async fn an_entry_that_was_never_logged_is_named() {
    let (world, [.., joiner]) = three().await;
    let receipt = receipt_of(&world, &joiner).await;
    for position in 0..receipt.entries.len() {
        let mut forged = receipt.clone();
        let open = &mut forged.entries[position].open;
        *open = open.replace("2026-03-02T", "2026-03-01T");
        let index = forged.entries[position].index;
        let error = VerifyProofError::Root;
        assert_eq!(verify(&forged, &pinned()), Err(ReceiptError::Inclusion { index, error }));
    }
    let mut twice = receipt.clone();
    twice.entries.insert(1, twice.entries[0].clone());
    assert_eq!(verify(&twice, &pinned()), Err(ReceiptError::Order(receipt.entries[0].index)));
}

#[tokio::test]
async fn a_site_at_which_nobody_pressed_is_refused() {
    let (world, [.., joiner]) = three().await;
    let receipt = receipt_of(&world, &joiner).await;
    let mut wider = receipt.clone();
    let other = String::from("https://other.example.org");
    wider.relying_party.origins.push(other.clone());
    assert_eq!(verify(&wider, &pinned()), Err(ReceiptError::UnneededOrigin(other)));
    let mut narrower = receipt;
    narrower.relying_party.origins.retain(|origin| origin != JOIN);
    let refused = verify(&narrower, &pinned()).unwrap_err();
    assert!(matches!(refused, ReceiptError::Signature { .. }), "{refused}");
}

#[tokio::test]
async fn whatever_the_binding_does_not_rest_on_is_refused() {
    let (world, [_, mut sponsor, joiner]) = three().await;
    let other = world.joiner(&mut sponsor).await;
    let stranger = receipt_of(&world, &other).await;
    let mut receipt = receipt_of(&world, &joiner).await;
    let index = stranger.bound;
    let entry = stranger.entries.into_iter().find(|entry| entry.index == index).unwrap();
    receipt.entries.push(entry);
    receipt.entries.sort_by_key(|entry| entry.index);
    assert_eq!(verify(&receipt, &pinned()), Err(ReceiptError::Unneeded(index)));

    let mut older = receipt_of(&world, &joiner).await;
    older.version = 2;
    assert_eq!(verify(&older, &pinned()), Err(ReceiptError::Version(2)));
    older.version = 1;
    older.origin = older.origin.replace("lifecycle", "access/2026-03");
    assert_eq!(verify(&older, &pinned()), Err(ReceiptError::Origin(older.origin.clone())));
}
