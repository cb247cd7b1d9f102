//! Receipts of logs that never were: their forger holds the log's key and logs whatever they like.

use firstkey_app::audit::{Receipt, ReceiptError, receipt::ProvenEntry, verify};
use firstkey_domain::{
    Digest,
    challenge::{Challenge, Statement},
    enrollment::BindingStatement,
};
use firstkey_log::{
    checkpoint::{Checkpoint, sign_checkpoint},
    hash::{Hash, leaf_hash},
    proof::prove_inclusion,
    tile::MemoryTiles,
    tree::TreeWriter,
};
use firstkey_ports::Entry;
use serde_json::{Value, json};

use crate::{
    receipts::{pinned, position},
    world::{JOIN, Member, RP_ID, keys, read},
};

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
        checkpoint: sign_checkpoint(&checkpoint, &keys().log()).encode(),
        bound: index,
        entries: entries.collect(),
        ..receipt.clone()
    }
}

/// An edit of a relogged history.
pub type Forgery<'a> = Box<dyn FnOnce(&mut Vec<Value>) + 'a>;

pub fn edit<'a>(index: usize, pointer: &'static str, to: Value) -> Forgery<'a> {
    Box::new(move |events: &mut Vec<Value>| *events[index].pointer_mut(pointer).unwrap() = to)
}

pub fn remove<'a>(index: usize) -> Forgery<'a> {
    Box::new(move |events: &mut Vec<Value>| drop(events.remove(index)))
}

/// Where a joiner's receipt holds what.
pub struct Places {
    pub bound: usize,
    pub proofed: usize,
    pub opened: usize,
    pub given: usize,
    pub joined: usize,
    pub voucher: usize,
    pub policy: usize,
}

impl Places {
    pub fn of(receipt: &Receipt, sponsor: &Member, joiner: &Member) -> Self {
        let of_joiner = |open: &str| open.contains(&format!("/{}\"", joiner.id));
        let of_enrollment =
            |open: &str| open.contains(&format!("\"enrollment/{}\"", joiner.enrollment));
        let of_sponsor = |open: &str| open.contains(&format!("/{}\"", sponsor.id));
        Self {
            bound: position(receipt, "enrollment.bound/1", of_enrollment),
            proofed: position(receipt, "enrollment.proofed/2", of_enrollment),
            opened: position(receipt, "enrollment.opened/1", of_enrollment),
            given: position(receipt, "person.authenticator_bound/1", of_joiner),
            joined: position(receipt, "person.joined/1", of_joiner),
            voucher: position(receipt, "person.authenticator_bound/1", of_sponsor),
            policy: position(receipt, "policy.activated/1", |_| true),
        }
    }
}

pub fn refused(receipt: &Receipt, forgeries: Vec<(&str, Forgery<'_>, ReceiptError)>) {
    for (story, forge, refusal) in forgeries {
        assert_eq!(verify(&relog(receipt, forge), &pinned()), Err(refusal), "{story}");
    }
}

/// The log's keeper and the joiner together: what they log, the joiner's new passkey signs.
pub fn collude(
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
pub fn leaf_of(event: &Value) -> Digest {
    let mut event = event.clone();
    let fields = event.as_object_mut().unwrap();
    let inner = read(fields.remove("inner").unwrap());
    fields.remove("text");
    let digest = Entry::digest_of(event.to_string().as_bytes(), inner);
    Digest::from_bytes(leaf_hash(digest.as_bytes()).0)
}
