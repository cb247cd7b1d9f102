//! Correcting somebody's record in the console.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{ChangeRefusal, Field, Person, PersonEvent, Profile, Record, SignedRecord};
use crate::{Actor, Digest, PersonId, Private, challenge::Statement};

/// An operator's correction of somebody's record.
#[derive(Debug, Clone)]
pub struct Correction {
    /// What policy may read, as it is to be.
    pub profile: Profile,
    /// Personal data, as it is to be, with the user name unchanged.
    pub record: Private<Record>,
    /// Which personal fields differ: names or addresses.
    pub personal: BTreeSet<Field>,
    /// Why, in the operator's words.
    pub reason: Private<String>,
    /// The operator's signature.
    pub signed: SignedRecord,
}

/// What an operator signs when they correct somebody's record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CorrectionStatement<'a> {
    /// Whose record.
    pub person: PersonId,
    /// What policy may read, as it is to be.
    pub profile: &'a Profile,
    /// [`Record::corrected`].
    pub record: Digest,
}

impl Statement for CorrectionStatement<'_> {
    const TAG: &'static str = "firstkey correction/1";
}

impl Person {
    /// Corrects the record. Whoever does it signs for all of it (rule 1), and is barred from vouching
    /// when it alters whom we trust (rule 2). No events when nothing differs.
    pub fn correct(
        &self,
        correction: Correction,
        by: &Actor,
    ) -> Result<Vec<PersonEvent>, ChangeRefusal> {
        let Correction { profile, record, personal, reason, signed } = correction;
        let changed = self.changed(&profile, &record, &personal)?;
        let SignedRecord { signature, blind } = signed;
        if by.person().is_none() || !signature.is_for_correction(self.id, &profile) {
            return Err(ChangeRefusal::NeedsSignature);
        }
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        let blind = Private::held(blind);
        Ok(vec![PersonEvent::Corrected { profile, changed, signature, record, reason, blind }])
    }
}
