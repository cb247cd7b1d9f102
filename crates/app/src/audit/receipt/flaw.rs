//! What can be wrong with a receipt.

use firstkey_log::{checkpoint::OpenCheckpointError, proof::VerifyProofError};
use firstkey_webauthn::{RelyingPartyError, authentication::AssertionError};

use crate::audit::NotSignedByBoth;

/// The first thing that is wrong with a receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// It is not JSON of the expected form.
    #[error("this is not a receipt: {0}")]
    Form(String),
    /// A newer Firstkey made it.
    #[error("the receipt is of version {0}; this binary reads version 1")]
    Version(u32),
    /// It names no lifecycle log.
    #[error("{0:?} is not the name of a lifecycle log")]
    Origin(String),
    /// The pinned key did not sign the checkpoint, or signed another.
    #[error("the checkpoint is not to be believed: {0}")]
    Checkpoint(#[from] OpenCheckpointError),
    /// A rotation of the log's key counts only with both signatures.
    #[error(transparent)]
    Rotation(#[from] NotSignedByBoth),
    /// Entries are not in the order of the log, or one is there twice.
    #[error("entry {0} is out of order or there twice")]
    Order(u64),
    /// An inclusion proof is not a list of hashes.
    #[error("the proof of entry {0} is not a list of hashes")]
    Proof(u64),
    /// An entry is not in the signed tree: it was altered, or never logged.
    #[error("entry {index} is not in the signed log: {error}; it was altered, or never logged")]
    Inclusion {
        /// Its index.
        index: u64,
        /// Why the proof fails.
        error: VerifyProofError,
    },
    /// The entry is logged, and this binary cannot read it.
    #[error("entry {0} is not an event that this binary knows; a newer one may read it")]
    Unknown(u64),
    /// Where the passkeys are said to have been used cannot be.
    #[error("the receipt's relying party cannot be: {0}")]
    RelyingParty(#[from] RelyingPartyError),
    /// Something that the binding rests on is not in the receipt.
    #[error("the receipt lacks {what} for entry {index}")]
    Missing {
        /// What.
        what: &'static str,
        /// The index of the entry that rests on it.
        index: u64,
    },
    /// An entry contradicts what it rests on.
    #[error("entry {index}: {flaw}")]
    Wrong {
        /// The index of the entry.
        index: u64,
        /// How.
        flaw: Flaw,
    },
    /// A passkey's signature does not verify.
    #[error("entry {index}: the signature does not verify: {error}")]
    Signature {
        /// The index of the entry that holds the signature.
        index: u64,
        /// The step of WebAuthn's verification that refuses it.
        error: AssertionError,
    },
    /// The binding does not rest on this entry.
    #[error("entry {0} has nothing to do with this binding; nothing in it was checked")]
    Unneeded(u64),
    /// Nobody pressed there.
    #[error("nobody pressed a passkey at {0}, although the receipt says so")]
    UnneededOrigin(String),
}

/// How an entry contradicts what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The statement names another enrollment, or the decision is about another.
    #[error("the binding statement or the decision is about another enrollment")]
    OtherEnrollment,
    /// The signature is for another purpose or over another statement.
    #[error("what was signed is not this statement")]
    OtherStatement,
    /// The signing authenticator is another one.
    #[error("another authenticator signed than the one that is named")]
    OtherAuthenticator,
    /// The authenticator that the person holds is not the one that signed.
    #[error("the person's authenticator is not the one that signed the binding")]
    OtherCredential,
    /// The decision rests on other facts or another policy than those that were signed.
    #[error("the decision rests on other facts or another policy than those that were signed")]
    OtherFacts,
    /// The policy that was in force does not have the digest that the decision names.
    #[error("the logged policy is not the one on which the decision rests")]
    OtherPolicy,
    /// The binding rests on no proofing.
    #[error("nobody vouched")]
    NoProofing,
    /// What was signed as proofing is none of this attempt.
    #[error("what was signed as proofing is not proofing of this attempt")]
    NotProofing,
    /// The voucher did not confirm the checklist.
    #[error("the voucher did not confirm the whole checklist")]
    Checklist,
    /// The voucher, the method and the relation do not go together.
    #[error("the voucher, the method and the relation do not go together")]
    Relation,
    /// A person is said to have recorded or changed somebody, and did not sign for it.
    #[error("no signature shows that whoever is said to have done it did")]
    Unsigned,
    /// Something is said to rest on what came later.
    #[error("it rests on something that was logged later")]
    Later,
    /// A public key cannot be read.
    #[error("the authenticator's public key or signature cannot be read")]
    Unreadable,
}
