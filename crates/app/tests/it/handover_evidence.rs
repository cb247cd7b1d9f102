//! What a handover leaves behind: a receipt that shows it, and no secret in the database.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_app::audit::{Receipt, ReceiptError, receipt::Flaw, verify};
use firstkey_ports::memory::MemoryStore;
use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::json;

use crate::{
    handovers::{Meeting, bring, match_a_stranger, meeting, shown},
    receipts::{pinned, position, receipt_of},
    relogged::{Places, collude, edit, leaf_of, refused, remove},
    world::{Member, World},
};

/// A joiner who was met by a handover, and their receipt.
async fn handed_over() -> (World<MemoryStore>, Member, Member, Receipt) {
    let world = World::in_memory().await;
    let Meeting { mut sponsor, session, browser, .. } = meeting(&world).await;
    bring(&world, &browser, &shown(&world, &session, &browser).await).await.unwrap();
    match_a_stranger(&world, &mut sponsor, &browser).await;
    let joiner = world.enroll(&browser, SoftAuthenticator::new(903)).await;
    let receipt = receipt_of(&world, &joiner).await;
    (world, sponsor, joiner, receipt)
}

#[tokio::test]
async fn rule_05_a_receipt_holds_the_handover_and_nobody_claims_one() {
    let (_world, sponsor, mut joiner, receipt) = handed_over().await;
    let verified = verify(&receipt, &pinned()).unwrap();
    let told = verified.proven.iter().find(|sentence| sentence.contains("their screen"));
    let told = told.expect("it says how they were met");
    assert!(told.contains("first time") && told.contains(&sponsor.id.to_string()), "{told}");

    // Without the event by which the joiner's browser took it, or with somebody else's.
    let Places { proofed, .. } = Places::of(&receipt, &sponsor, &joiner);
    let taken = position(&receipt, "enrollment.handed_over/1", |_| true);
    let what = "the handover that came before the match";
    let missing = |index: usize| ReceiptError::Missing { what, index: index as u64 };
    let by_another = json!(joiner.id.to_string());
    let by_nobody = json!({ "person": sponsor.id.to_string() });
    refused(
        &receipt,
        vec![
            ("it never was", remove(taken), missing(proofed - 1)),
            (
                "from another screen",
                edit(taken, "/event/data/voucher", by_another),
                missing(proofed),
            ),
            (
                "the voucher brought it themselves",
                edit(taken, "/by", by_nobody),
                ReceiptError::Wrong { index: taken as u64, flaw: Flaw::Relation },
            ),
        ],
    );
    // And a stranger does not become somebody whom the voucher knew.
    let known = collude(&receipt, &mut joiner, |events| {
        let checklist = &mut events[proofed]["event"]["data"]["proofing"]["checklist"];
        assert_eq!(checklist["acquaintance"], json!("first_meeting"));
        checklist["acquaintance"] = json!("by_sight");
        vec![leaf_of(&events[proofed])]
    });
    let refusal = ReceiptError::Wrong { index: proofed as u64, flaw: Flaw::OtherStatement };
    assert_eq!(verify(&known, &pinned()), Err(refusal));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rule_05_nothing_that_was_shown_is_in_the_database() {
    let world = World::on_disk().await;
    let Meeting { session, browser, .. } = meeting(&world).await;
    let secret = shown(&world, &session, &browser).await;
    bring(&world, &browser, &secret).await.unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(&secret).unwrap();
    let path = world.path();
    world.app.store().close().await;
    let mut read = 0;
    for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let stored = std::fs::read(file.unwrap().path()).unwrap();
        read += stored.len();
        let holds = |wanted: &[u8]| stored.windows(wanted.len()).any(|window| window == wanted);
        assert!(!holds(secret.as_bytes()) && !holds(&bytes[20..]), "neither text nor tag");
    }
    assert!(read > 10_000, "the database was read");
}
