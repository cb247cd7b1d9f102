//! An operator's signature over a record that they brought or corrected.

use serde::{Deserialize, Serialize};

use super::{CorrectionStatement, JoinStatement, Profile, Record};
use crate::{
    Digest, PersonId,
    challenge::{Purpose, Signed, Statement},
};

/// An operator's signature for somebody's record.
#[derive(Debug, Clone)]
pub struct SignedRecord {
    /// What the log keeps of it openly.
    pub signature: RecordSignature,
    /// The blind.
    pub blind: Digest,
}

/// A signature over a [`JoinStatement`] or a [`CorrectionStatement`], and what of that statement the
/// event does not say openly. So whoever has the event can verify it, also after the record was erased.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordSignature {
    /// The signature.
    pub signed: Signed,
    /// [`Record::described`] or [`Record::corrected`]. Deciders do not look inside private data.
    pub described: Digest,
}

impl RecordSignature {
    /// Whether this very joiner was signed for.
    pub fn is_for_joiner(&self, person: PersonId, profile: &Profile) -> bool {
        self.is_over(&JoinStatement { person, profile, record: self.described })
    }

    /// Whether this very correction was signed for.
    pub fn is_for_correction(&self, person: PersonId, profile: &Profile) -> bool {
        self.is_over(&CorrectionStatement { person, profile, record: self.described })
    }

    fn is_over(&self, statement: &impl Statement) -> bool {
        self.signed.is_over(Purpose::Act, statement.digest())
    }
}

impl Record {
    /// The digest by which an operator signs for a record. The event shows it to everybody who reads
    /// the log, hence the blind: 256 random bits. The user name is not part of it, because Firstkey
    /// plans that one.
    pub fn described(&self, blind: &Digest) -> Digest {
        Digest::of_parts("firstkey joiner record/1", &[blind.as_bytes(), &self.typed()])
    }

    /// The digest by which an operator signs for a record as it is to be, and for their reason.
    pub fn corrected(&self, reason: &str, blind: &Digest) -> Digest {
        let parts = [blind.as_bytes(), reason.as_bytes(), &self.typed()];
        Digest::of_parts("firstkey corrected record/1", &parts)
    }

    fn typed(&self) -> Vec<u8> {
        let typed = Self { user_name: String::new(), ..self.clone() };
        // Strings serialise into memory without a way to fail.
        serde_json::to_vec(&typed).unwrap_or_default()
    }
}
