//! A receipt, the log's key, and nothing else: what an auditor can verify offline, and what no forger
//! gets past them. Some forgers here hold the log's key and log whatever they like.

use firstkey_app::{
    Fault,
    audit::{
        Receipt, ReceiptError,
        receipt::{Flaw, NoReceipt, ProvenEntry},
        verify, verify_json,
    },
    people::{AskRole, GrantRole},
};
use firstkey_domain::{
    Digest, Role,
    challenge::{Challenge, Statement},
    enrollment::BindingStatement,
};
use firstkey_log::{
    checkpoint::{Checkpoint, OpenCheckpointError, sign_checkpoint},
    hash::{Hash, leaf_hash},
    note::{NoteSigner, NoteVerifier, VerifyNoteError},
    proof::{VerifyProofError, prove_inclusion},
    tile::MemoryTiles,
    tree::TreeWriter,
};
use firstkey_ports::{Entry, memory::MemoryStore};
use serde_json::{Value, json};

use crate::world::{CONSOLE, JOIN, Member, RP_ID, World, keys, press, read};

pub fn pinned() -> NoteVerifier {
    keys().log().verifier()
}

/// An administrator from the terminal, a sponsor, a joiner.
async fn three() -> (World<MemoryStore>, [Member; 3]) {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let joiner = world.joiner(&mut sponsor).await;
    (world, [admin, sponsor, joiner])
}

pub async fn receipt_of(world: &World<MemoryStore>, member: &Member) -> Receipt {
    world.app.sequence_once().await.unwrap();
    world.app.receipt(member.enrollment).await.unwrap().unwrap()
}

/// The kinds of the entries, in order.
pub fn kinds(receipt: &Receipt) -> Vec<String> {
    let kind = |entry: &ProvenEntry| {
        let event: Value = serde_json::from_str(&entry.open).unwrap();
        event["event"]["kind"].as_str().unwrap().to_owned()
    };
    receipt.entries.iter().map(kind).collect()
}

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
    for kind in ["enrollment.bound/1", "enrollment.proofed/1", "person.authenticator_bound/1"] {
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

/// Where the event of this kind is, about whom `is_it` says.
pub fn position(receipt: &Receipt, kind: &str, is_it: impl Fn(&str) -> bool) -> usize {
    let kinds = kinds(receipt);
    let mut found = kinds.iter().zip(&receipt.entries).enumerate();
    found.find(|(_, (each, entry))| *each == kind && is_it(&entry.open)).unwrap().0
}

/// What whoever holds the log's key can do: a log of their own making, rightly signed. Leaf hashes
/// that statements name are brought along when the entries they name are not edited.
pub fn relog(receipt: &Receipt, forge: impl FnOnce(&mut Vec<Value>)) -> Receipt {
    let decode = |entry: &ProvenEntry| -> Value {
        let mut value: Value = serde_json::from_str(&entry.open).unwrap();
        value["inner"] = json!(entry.inner);
        // Events keep the order of their fields only as text.
        value["text"] = json!(entry.open);
        value
    };
    let mut events: Vec<Value> = receipt.entries.iter().map(decode).collect();
    let before = events.clone();
    let bound = receipt.entries.iter().position(|entry| entry.index == receipt.bound).unwrap();
    let marked = events[bound]["text"].clone();
    forge(&mut events);
    let index = events.iter().position(|event| event["text"] == marked).unwrap() as u64;
    let opens: Vec<(String, _)> = events
        .into_iter()
        .map(|mut event| {
            let is_same = before.contains(&event);
            let fields = event.as_object_mut().unwrap();
            let inner = serde_json::from_value(fields.remove("inner").unwrap()).unwrap();
            let text = fields.remove("text").unwrap().as_str().unwrap().to_owned();
            (if is_same { text } else { event.to_string() }, inner)
        })
        .collect();
    let leaves: Vec<Hash> = opens
        .iter()
        .map(|(open, inner)| leaf_hash(Entry::digest_of(open.as_bytes(), *inner).as_bytes()))
        .collect();
    let appended = TreeWriter::new().append(&leaves);
    let mut tiles = MemoryTiles::default();
    appended.tiles.into_iter().for_each(|tile| tiles.insert(tile));
    let (size, root) = (appended.writer.size(), appended.writer.root());
    let checkpoint = Checkpoint::new(&receipt.origin, size, root).unwrap();
    let entries = opens.into_iter().zip(0..).map(|((open, inner), index)| {
        let proof = prove_inclusion(&tiles, index, size).unwrap();
        let proof = proof.into_iter().map(Hash::to_base64).collect();
        ProvenEntry { index, open, inner, proof }
    });
    Receipt {
        checkpoint: sign_checkpoint(&checkpoint, keys().log()).encode(),
        bound: index,
        entries: entries.collect(),
        ..receipt.clone()
    }
}

/// An edit of a relogged history.
type Forgery<'a> = Box<dyn FnOnce(&mut Vec<Value>) + 'a>;

fn edit<'a>(index: usize, pointer: &'static str, to: Value) -> Forgery<'a> {
    Box::new(move |events: &mut Vec<Value>| *events[index].pointer_mut(pointer).unwrap() = to)
}

fn remove<'a>(index: usize) -> Forgery<'a> {
    Box::new(move |events: &mut Vec<Value>| drop(events.remove(index)))
}

/// Where a joiner's receipt holds what.
struct Places {
    bound: usize,
    proofed: usize,
    opened: usize,
    given: usize,
    joined: usize,
    voucher: usize,
    policy: usize,
}

impl Places {
    fn of(receipt: &Receipt, sponsor: &Member, joiner: &Member) -> Self {
        let of_joiner = |open: &str| open.contains(&format!("/{}\"", joiner.id));
        let of_enrollment =
            |open: &str| open.contains(&format!("\"enrollment/{}\"", joiner.enrollment));
        let of_sponsor = |open: &str| open.contains(&format!("/{}\"", sponsor.id));
        Self {
            bound: position(receipt, "enrollment.bound/1", of_enrollment),
            proofed: position(receipt, "enrollment.proofed/1", of_enrollment),
            opened: position(receipt, "enrollment.opened/1", of_enrollment),
            given: position(receipt, "person.authenticator_bound/1", of_joiner),
            joined: position(receipt, "person.joined/1", of_joiner),
            voucher: position(receipt, "person.authenticator_bound/1", of_sponsor),
            policy: position(receipt, "policy.activated/1", |_| true),
        }
    }
}

fn refused(receipt: &Receipt, forgeries: Vec<(&str, Forgery<'_>, ReceiptError)>) {
    for (story, forge, refusal) in forgeries {
        assert_eq!(verify(&relog(receipt, forge), &pinned()), Err(refusal), "{story}");
    }
}

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
    let by_host = position(&receipt, "enrollment.proofed/1", |open| open.contains("terminal"));
    let refused = verify(&relog(&receipt, remove(by_host)), &pinned()).unwrap_err();
    assert!(matches!(refused, ReceiptError::Missing { what, .. } if what == proofing));
}

/// The log's keeper and the joiner together: what they log, the joiner's new passkey signs.
fn collude(
    receipt: &Receipt,
    joiner: &mut Member,
    forge: impl FnOnce(&mut Vec<Value>) -> Vec<Digest>,
) -> Receipt {
    let mark = receipt.entries.iter().find(|entry| entry.index == receipt.bound).unwrap();
    relog(receipt, |events| {
        let proofing = forge(events);
        let bound = events.iter_mut().find(|event| event["text"] == json!(mark.open)).unwrap();
        let data = &mut bound["event"]["data"];
        data["statement"]["proofing"] = json!(proofing);
        let statement: BindingStatement = read(data["statement"].clone());
        let mut challenge: Challenge = read(data["signed"]["challenge"].clone());
        challenge.context = statement.digest();
        let options = json!({ "challenge": challenge.digest().to_string(), "rpId": RP_ID });
        let pressed = joiner.key.get(&options, JOIN).unwrap();
        let assertion = &mut data["signed"]["assertion"];
        assertion["authenticator_data"] = pressed["response"]["authenticatorData"].clone();
        assertion["client_data_json"] = pressed["response"]["clientDataJSON"].clone();
        assertion["signature"] = pressed["response"]["signature"].clone();
        data["signed"]["challenge"] = json!(challenge);
    })
}

/// The leaf that an edited event will have.
fn leaf_of(event: &Value) -> Digest {
    let mut event = event.clone();
    let fields = event.as_object_mut().unwrap();
    let inner = read(fields.remove("inner").unwrap());
    fields.remove("text");
    let digest = Entry::digest_of(event.to_string().as_bytes(), inner);
    Digest::from_bytes(leaf_hash(digest.as_bytes()).0)
}

/// What is edited, how, and what is then said.
type Edit<'a> = (&'a str, &'a [(&'a str, Value)], ReceiptError);

#[tokio::test]
async fn a_joiner_who_colludes_with_the_logs_keeper_has_no_voucher_either() {
    let (world, [_, sponsor, mut joiner]) = three().await;
    let receipt = receipt_of(&world, &joiner).await;
    let Places { bound, proofed, .. } = Places::of(&receipt, &sponsor, &joiner);
    let by_host = position(&receipt, "enrollment.proofed/1", |open| open.contains("terminal"));
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
