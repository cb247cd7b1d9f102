//! Verifying a receipt with nothing but the log's pinned key.

use std::{cell::RefCell, collections::BTreeSet};

use firstkey_log::{checkpoint::OpenCheckpointError, note::NoteVerifier};
use firstkey_ports::LogName;
use firstkey_webauthn::RelyingParty;

use super::{
    Receipt, ReceiptError, VERSION, Verified, approval::Court, binding::Binding, book::Book,
    report::Narrative,
};
use crate::audit::{
    LogRef, VerifiedRotation,
    lineage::{open_signed, successors},
};

/// Verifies a receipt as it was kept.
pub fn verify_json(json: &[u8], key: &NoteVerifier) -> Result<Verified, ReceiptError> {
    let receipt: Receipt =
        serde_json::from_slice(json).map_err(|error| ReceiptError::Form(error.to_string()))?;
    verify(&receipt, key)
}

/// Verifies a receipt. `key` is the log's key, pinned before: never one that came with the receipt.
///
/// Fails with the first thing that is wrong. What holds is said in [`Verified::proven`]; what no
/// receipt can show, in [`NOT_PROVEN`](super::NOT_PROVEN).
pub fn verify(receipt: &Receipt, key: &NoteVerifier) -> Result<Verified, ReceiptError> {
    if receipt.version != VERSION {
        return Err(ReceiptError::Version(receipt.version));
    }
    let log = receipt.origin.parse::<LogRef>().ok();
    if log.is_none_or(|log| log.log() != LogName::Lifecycle) {
        return Err(ReceiptError::Origin(receipt.origin.clone()));
    }
    let rotations = receipt.rotations.iter().map(|note| VerifiedRotation::verify_note(note));
    let rotations = rotations.collect::<Result<Vec<_>, _>>()?;
    // Only forward: a key may have been rotated because it was stolen, and what it signs since is not
    // to be believed by whoever pinned its successor. `log check --against` can do that, because it
    // has the whole log to compare with.
    let opened = open_signed(&receipt.checkpoint, &successors(key, &rotations))?;
    let (tree, signer) = (opened.checkpoint, opened.by.key);
    if tree.origin() != receipt.origin {
        return Err(OpenCheckpointError::Origin.into());
    }
    let book = Book::open(&receipt.entries, &tree)?;
    let claim = &receipt.relying_party;
    let relying_party = RelyingParty::new(&claim.id, "", claim.origins.iter().map(String::as_str))?;
    let court = Court { book: &book, relying_party: &relying_party, origins: RefCell::default() };

    let mut narrative = Narrative::new(key, &signer, &tree, receipt.entries.len());
    let index = receipt.bound;
    let subject = Binding::find(&book, |at, _| at == index)
        .ok_or(ReceiptError::Missing { what: "the event that binds", index })?;
    let (person, mut to_do) = subject.check(&court, &mut narrative)?;
    let mut seen = BTreeSet::from([subject.enrollment]);
    while let Some((enrollment, given)) = to_do.pop() {
        if !seen.insert(enrollment) {
            continue;
        }
        // Whatever gave the passkey was logged after its binding, so no chain runs in a circle.
        let bound = Binding::find(&book, |at, bound| at < given && bound == enrollment);
        let what = "the enrollment that bound the passkey";
        let bound = bound.ok_or(ReceiptError::Missing { what, index: given })?;
        to_do.extend(bound.check(&court, &mut narrative)?.1);
    }

    if let Some(index) = book.unneeded() {
        return Err(ReceiptError::Unneeded(index));
    }
    let pressed = court.origins.into_inner();
    if let Some(origin) = claim.origins.iter().find(|origin| !pressed.contains(*origin)) {
        return Err(ReceiptError::UnneededOrigin(origin.clone()));
    }
    Ok(Verified {
        enrollment: subject.enrollment,
        person,
        authenticator: subject.authenticator,
        at: subject.at,
        proven: narrative.finish(&claim.id, &claim.origins),
        rp_id: claim.id.clone(),
        origins: claim.origins.clone(),
        checkpoint: tree,
    })
}
