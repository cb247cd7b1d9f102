//! How somebody came to be on record, and who is named as their sponsor.

use firstkey_domain::{
    Actor, PersonId,
    person::{PersonEvent, RecordSignature},
};

use super::{
    Flaw, ReceiptError,
    approval::{Court, Passkey},
};

impl Court<'_> {
    /// That the person was recorded before, by the host or a feed, or by somebody who signed for it.
    /// Answers with who recorded them, and with the passkey of whoever signed.
    pub fn joined(
        &self,
        index: u64,
        person: PersonId,
    ) -> Result<(&Actor, Option<Passkey>), ReceiptError> {
        let joined = self.book.find(index, |logged| {
            let recorded = logged.of_person(person)?;
            match &recorded.event {
                PersonEvent::Joined { profile, signed, .. } => {
                    Some((&recorded.by, profile, signed))
                }
                _ => None,
            }
        });
        let what = "the event that recorded the person";
        let (joined, (by, profile, signed)) =
            joined.ok_or(ReceiptError::Missing { what, index })?;
        let wrong = |flaw| ReceiptError::Wrong { index: joined, flaw };
        match (by, signed) {
            (Actor::Host(_) | Actor::Source(_) | Actor::Machine { .. }, None) => Ok((by, None)),
            (Actor::Person(_), Some(signature)) if !signature.is_for_joiner(person, profile) => {
                Err(wrong(Flaw::OtherStatement))
            }
            (Actor::Person(operator), Some(signature)) => {
                let passkey = self.signature(joined, *operator, &signature.signed)?;
                Ok((by, Some(passkey)))
            }
            _ => Err(wrong(Flaw::Unsigned)),
        }
    }

    /// That the person's record named this sponsor before. How they were recorded is checked with their
    /// first enrollment; a change comes from the host or a feed, or from somebody who signed for it, and
    /// whose passkey this answers with.
    pub fn sponsors(
        &self,
        index: u64,
        applicant: PersonId,
        voucher: PersonId,
    ) -> Result<Option<Passkey>, ReceiptError> {
        let named = self.book.find(index, |logged| {
            let recorded = logged.of_person(applicant)?;
            let (profile, told) = match &recorded.event {
                PersonEvent::Joined { profile, .. } => (profile, Told::Joined),
                PersonEvent::Changed { profile, signed, .. } => {
                    let is_told = matches!(
                        recorded.by,
                        Actor::Host(_) | Actor::Source(_) | Actor::Machine { .. }
                    );
                    let is_sound = is_told && signed.is_none();
                    (profile, if is_sound { Told::Changed } else { Told::Unsigned })
                }
                PersonEvent::Corrected { profile, signature, .. } => match recorded.by {
                    Actor::Person(operator) => (profile, Told::Corrected(operator, signature)),
                    _ => (profile, Told::Unsigned),
                },
                _ => return None,
            };
            (profile.sponsor == Some(voucher)).then_some((profile, told))
        });
        let what = "the record that names the voucher as sponsor";
        let (index, (profile, told)) = named.ok_or(ReceiptError::Missing { what, index })?;
        let wrong = |flaw| ReceiptError::Wrong { index, flaw };
        match told {
            Told::Joined | Told::Changed => Ok(None),
            Told::Unsigned => Err(wrong(Flaw::Unsigned)),
            Told::Corrected(_, signature) if !signature.is_for_correction(applicant, profile) => {
                Err(wrong(Flaw::OtherStatement))
            }
            Told::Corrected(operator, signature) => {
                self.signature(index, operator, &signature.signed).map(Some)
            }
        }
    }
}

/// By whom a record came to name a sponsor.
enum Told<'a> {
    Joined,
    Changed,
    Corrected(PersonId, &'a RecordSignature),
    Unsigned,
}
