//! What a verified receipt shows, in plain sentences, and what it cannot.

use std::fmt;

use firstkey_domain::{
    Actor, AuthenticatorId, EnrollmentId, Permit, PersonId,
    enrollment::{Acquaintance, Method, Proofing, Relation},
};
use firstkey_log::{checkpoint::Checkpoint, note::NoteVerifier};
use jiff::Timestamp;

/// What no receipt can show.
pub const NOT_PROVEN: [&str; 7] = [
    "What was displayed to anybody who pressed is not proven: signatures are over statements, not \
     over screens.",
    "Who stands behind an id is not proven: names and addresses are confidential, and not in the \
     receipt.",
    "That a voucher met the right human is not proven, only that they signed for it; no identity \
     assurance level is claimed.",
    "What the policy says is not in the receipt: its text has the digest that the decision names.",
    "That the facts on which policy decided were so is not proven: the decision names their digest.",
    "That nothing happened since, or in between, is not proven: a passkey may have been suspended or \
     removed, a role revoked, a sponsor changed. The log tells; a receipt does not.",
    "That the log shows everybody the same tree is not proven: compare its checkpoint with another \
     reader's, or with `firstkey log check --against`.",
];

/// A receipt that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// Whose authenticator it is.
    pub person: PersonId,
    /// The authenticator.
    pub authenticator: AuthenticatorId,
    /// When it was bound.
    pub at: Timestamp,
    /// The checkpoint into which the proofs lead.
    pub checkpoint: Checkpoint,
    /// The RP ID that the authenticators signed.
    pub rp_id: String,
    /// The origins that the browsers signed.
    pub origins: Vec<String>,
    /// What was proven, in plain sentences.
    pub proven: Vec<String>,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Proven:")?;
        for sentence in &self.proven {
            writeln!(f, "- {sentence}")?;
        }
        writeln!(f, "Not proven:")?;
        NOT_PROVEN.iter().try_for_each(|sentence| writeln!(f, "- {sentence}"))
    }
}

/// The sentences, as verification goes on.
pub(super) struct Narrative(Vec<String>);

impl Narrative {
    pub fn new(
        pinned: &NoteVerifier,
        signer: &NoteVerifier,
        tree: &Checkpoint,
        entries: usize,
    ) -> Self {
        let by = if pinned == signer {
            format!("the key that you pinned signed it ({}, id {})", pinned.name(), pinned.key_id())
        } else {
            format!(
                "the key that signed it ({}, id {}) succeeds the one that you pinned (id {}), which \
                 signed that it does",
                signer.name(),
                signer.key_id(),
                pinned.key_id(),
            )
        };
        let (origin, size) = (tree.origin(), tree.size());
        Self(vec![format!(
            "The log {origin} had {size} entries and holds the {entries} of this receipt; {by}."
        )])
    }

    pub fn bound(
        &mut self,
        person: PersonId,
        authenticator: AuthenticatorId,
        enrollment: EnrollmentId,
        at: Timestamp,
        permit: &Permit,
    ) {
        self.0.push(format!(
            "On {at} enrollment {enrollment} bound passkey {authenticator} to person {person}, as \
             policy {} (revision {}) permitted. The new passkey signed that, together with the \
             browser key, the facts and the proofing.",
            permit.policy, permit.policy_revision,
        ));
    }

    pub fn joined(&mut self, person: PersonId, by: &Actor) {
        self.0.push(match by {
            Actor::Host(user) => format!(
                "The host's user {user} recorded person {person}; for this the log has the host's \
                 word and no signature."
            ),
            Actor::Source(source) => format!(
                "The feed {source} recorded person {person}; for this the log has the feed's word \
                 and no signature."
            ),
            Actor::Machine { key, owner } => format!(
                "A program with the machine key {key}, for which person {owner} answers, recorded \
                 person {person}; for this the log has the program's word and no person's signature."
            ),
            Actor::Person(operator) => format!(
                "Person {operator} recorded person {person}, and signed for it with their own \
                 passkey."
            ),
            // Verification refused anybody else before.
            other => format!("{other:?} recorded person {person}."),
        });
    }

    pub fn vouched(&mut self, proofing: &Proofing) {
        let how = match proofing.method {
            Method::Match => "matched the code on the applicant's screen, which could be relayed",
            Method::Handover => {
                "had the applicant's own browser take an address from their screen, and then matched \
                 the code on the applicant's"
            }
            Method::Terminal => "typed the code on the server itself",
            Method::OwnAuthenticator => "acted for themselves",
        };
        let right = match proofing.relation {
            Relation::Sponsor => "as the sponsor whom the record named",
            Relation::Officer => "as an officer",
            Relation::Administrator => "as an administrator",
            Relation::Oneself => "with a passkey that they held already",
            Relation::Host => "with access to the host",
        };
        let right = match proofing.checklist.acquaintance {
            Some(Acquaintance::BySight) => {
                format!("{right}, said that they had known the applicant by sight before")
            }
            Some(Acquaintance::FirstMeeting) => {
                format!("{right}, said that they met the applicant for the first time")
            }
            None => right.to_owned(),
        };
        let at = proofing.at;
        self.0.push(match &proofing.voucher {
            Actor::Host(user) => format!(
                "On {at} the host's user {user} {how}, {right}; for this the log has the host's \
                 word and no signature."
            ),
            Actor::Person(person) => format!(
                "On {at} person {person} {how}, {right}, and signed for it with their own passkey."
            ),
            // Vouchers are people or the host; verification refused anything else before.
            other => format!("On {at} {other:?} {how}, {right}."),
        });
    }

    pub fn finish(mut self, rp_id: &str, origins: &[String]) -> Vec<String> {
        self.0.push(format!(
            "Every passkey was pressed for the site {rp_id}, with its user verified, at: {}. The site \
             comes from the receipt: see that it is yours.",
            origins.join(", "),
        ));
        self.0
    }
}
