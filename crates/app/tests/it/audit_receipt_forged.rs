//! Receipts that the log's own keeper forged, alone or together with the joiner: they log what they like,
//! but press nobody else's passkey.

use firstkey_app::audit::{ReceiptError, receipt::Flaw, verify};
use serde_json::{Value, json};

use crate::{
    receipts::{pinned, position, receipt_of, three},
    relogged::{Places, collude, edit, leaf_of, refused, relog, remove},
};

/// Whoever holds the log's key can log what they like, but cannot press anybody's passkey.
#[tokio::test]
async fn what_was_never_pressed_is_not_proven_even_by_the_logs_own_keeper() {
    let (world, [_, sponsor, joiner]) = three().await;
    let receipt = receipt_of(&world, &joiner).await;
    verify(&relog(&receipt, |_| ()), &pinned()).unwrap();

    let Places { bound, proofed, given, joined, voucher, policy, .. } =
        Places::of(&receipt, &sponsor, &joiner);
    let digest = json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    let stranger = json!(sponsor.enrollment.to_string());
    let own = serde_json::from_str::<Value>(&receipt.entries[given].open).unwrap();
    let own = own.pointer("/event/data/credential/public_key").unwrap().clone();
    let wrong = |index: usize, flaw| ReceiptError::Wrong { index: index as u64, flaw };
    let missing = |index: usize, what| ReceiptError::Missing { index: index as u64, what };
    let unsigned = |index: usize| ReceiptError::Signature {
        index: index as u64,
        error: firstkey_webauthn::authentication::AssertionError::Signature,
    };
    refused(
        &receipt,
        vec![
            (
                "other facts were signed",
                edit(bound, "/event/data/statement/facts", digest.clone()),
                wrong(bound, Flaw::OtherStatement),
            ),
            (
                "the decision rests on other facts",
                edit(bound, "/event/data/permit/facts", digest.clone()),
                wrong(bound, Flaw::OtherFacts),
            ),
            (
                "the decision was about another version",
                edit(bound, "/event/data/permit/version", json!(1)),
                wrong(bound, Flaw::OtherEnrollment),
            ),
            (
                "the decision was about another enrollment",
                edit(bound, "/event/data/permit/enrollment", stranger.clone()),
                wrong(bound, Flaw::OtherEnrollment),
            ),
            (
                "another authenticator is named",
                edit(bound, "/event/data/authenticator", stranger.clone()),
                wrong(bound, Flaw::OtherAuthenticator),
            ),
            (
                "the person was given another key",
                edit(given, "/event/data/credential/public_key", digest.clone()),
                wrong(given, Flaw::OtherCredential),
            ),
            (
                "the person was given it by another enrollment",
                edit(given, "/event/data/enrollment", stranger),
                wrong(given, Flaw::OtherEnrollment),
            ),
            (
                "another policy was in force",
                edit(policy, "/event/data/digest", digest),
                wrong(policy, Flaw::OtherPolicy),
            ),
            (
                "the record names no sponsor",
                edit(joined, "/event/data/profile/sponsor", Value::Null),
                missing(proofed, "the record that names the voucher as sponsor"),
            ),
            (
                "the proofing was edited after it was signed",
                edit(proofed, "/event/data/proofing/relation", json!("administrator")),
                missing(bound, "proofing that the new passkey signed"),
            ),
            (
                "the voucher's key was swapped for one that the forger can press",
                edit(voucher, "/event/data/credential/public_key", own),
                unsigned(proofed),
            ),
            (
                "the new passkey was never pressed",
                edit(bound, "/event/data/signed/assertion/signature", json!("AAAA")),
                unsigned(bound),
            ),
        ],
    );
}

#[tokio::test]
async fn what_the_binding_rests_on_must_be_there() {
    let (world, [_, sponsor, joiner]) = three().await;
    let receipt = receipt_of(&world, &joiner).await;
    let Places { bound, proofed, opened, given, joined, voucher, policy } =
        Places::of(&receipt, &sponsor, &joiner);
    let missing = |index: usize, what| ReceiptError::Missing { index: index as u64, what };
    let proofing = "proofing that the new passkey signed";
    let gift = "the event that gave the passkey to the person";
    refused(
        &receipt,
        vec![
            ("no policy", remove(policy), missing(bound - 1, "the policy that decided")),
            ("no passkey", remove(voucher), missing(proofed - 1, "the passkey that signed")),
            ("no opening", remove(opened), missing(bound - 1, "the opening of the enrollment")),
            ("nobody's passkey", remove(given), missing(bound, gift)),
            (
                "nobody recorded them",
                remove(joined),
                missing(bound - 1, "the event that recorded the person"),
            ),
            ("nobody vouched", remove(proofed), missing(bound - 1, proofing)),
        ],
    );
    // At the end of every chain is the terminal.
    let by_host = position(&receipt, "enrollment.proofed/2", |open| open.contains("terminal"));
    let refused = verify(&relog(&receipt, remove(by_host)), &pinned()).unwrap_err();
    assert!(matches!(refused, ReceiptError::Missing { what, .. } if what == proofing));
}

/// What is edited, how, and what is then said.
type Edit<'a> = (&'a str, &'a [(&'a str, Value)], ReceiptError);

#[tokio::test]
async fn a_joiner_who_colludes_with_the_logs_keeper_has_no_voucher_either() {
    let (world, [_, sponsor, mut joiner]) = three().await;
    let receipt = receipt_of(&world, &joiner).await;
    let Places { bound, proofed, .. } = Places::of(&receipt, &sponsor, &joiner);
    let by_host = position(&receipt, "enrollment.proofed/2", |open| open.contains("terminal"));
    let wrong = |index: usize, flaw| ReceiptError::Wrong { index: index as u64, flaw };
    let own = json!({ "person": joiner.id.to_string() });

    let honest = collude(&receipt, &mut joiner, |events| {
        events[proofed]["event"]["data"]["proofing"]["at"] = json!("2026-03-02T09:30:00Z");
        vec![leaf_of(&events[proofed])]
    });
    verify(&honest, &pinned()).unwrap();

    let edits: [Edit<'_>; 4] = [
        (
            "a line of the checklist was not confirmed",
            &[("/event/data/proofing/checklist/recognised", json!(false))],
            wrong(proofed, Flaw::Checklist),
        ),
        (
            "the voucher signed a match, and a handover is claimed",
            &[("/event/data/proofing/method", json!("handover"))],
            wrong(proofed, Flaw::OtherStatement),
        ),
        (
            "the joiner vouched for themselves",
            &[("/event/data/proofing/voucher", own.clone()), ("/by", own)],
            wrong(proofed, Flaw::Relation),
        ),
        (
            "the sponsor is said to be an administrator",
            &[("/event/data/proofing/relation", json!("administrator"))],
            ReceiptError::Missing {
                what: "the grant of the voucher's role",
                index: proofed as u64,
            },
        ),
    ];
    for (story, edits, refusal) in edits {
        let forged = collude(&receipt, &mut joiner, |events| {
            for (pointer, to) in edits {
                *events[proofed].pointer_mut(pointer).unwrap() = to.clone();
            }
            vec![leaf_of(&events[proofed])]
        });
        assert_eq!(verify(&forged, &pinned()), Err(refusal), "{story}");
    }
    let nobody = collude(&receipt, &mut joiner, |_| Vec::new());
    assert_eq!(verify(&nobody, &pinned()), Err(wrong(bound, Flaw::NoProofing)));
    let anothers = collude(&receipt, &mut joiner, |events| {
        events[by_host]["event"]["data"]["proofing"]["at"] = json!("2026-03-02T09:30:00Z");
        vec![leaf_of(&events[by_host])]
    });
    assert_eq!(verify(&anothers, &pinned()), Err(wrong(bound, Flaw::NotProofing)));
    let afterwards = collude(&receipt, &mut joiner, |events| {
        let mut late = events.remove(proofed);
        late["event"]["data"]["proofing"]["at"] = json!("2026-03-02T09:30:00Z");
        let leaf = leaf_of(&late);
        events.push(late);
        vec![leaf]
    });
    assert_eq!(verify(&afterwards, &pinned()), Err(wrong(bound - 1, Flaw::Later)));
}
