//! One binding: what the new authenticator signed, and what that rests on.

use firstkey_domain::{
    Action, Actor, AttemptId, AuthenticatorId, EnrollmentId, Permit, PersonId,
    challenge::{Purpose, Signed, Statement},
    enrollment::{BindingStatement, EnrollmentEvent, Kind, Proofing},
    person::PersonEvent,
    policy::PolicyEvent,
};
use jiff::Timestamp;

use super::{
    Flaw, Logged, ReceiptError,
    approval::{Approval, Court, Passkey},
    book::Book,
    report::Narrative,
};

/// A binding as the log tells it.
pub(super) struct Binding<'a> {
    index: u64,
    version: u64,
    /// When.
    pub at: Timestamp,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// What was bound.
    pub authenticator: AuthenticatorId,
    attempt: AttemptId,
    statement: &'a BindingStatement,
    signed: &'a Signed,
    permit: &'a Permit,
}

impl<'a> Binding<'a> {
    /// The binding that is wanted, by index and enrollment.
    pub fn find(book: &'a Book, is_wanted: impl Fn(u64, EnrollmentId) -> bool) -> Option<Self> {
        book.find_at(|index, logged| {
            let Logged::Enrollment(recorded) = logged else { return None };
            let enrollment = EnrollmentId::from_uuid(recorded.stream.uuid());
            let EnrollmentEvent::Bound {
                attempt, authenticator, statement, signed, permit, ..
            } = &recorded.event
            else {
                return None;
            };
            is_wanted(index, enrollment).then_some(Self {
                index,
                version: recorded.version,
                at: recorded.at,
                enrollment,
                authenticator: *authenticator,
                attempt: *attempt,
                statement,
                signed,
                permit,
            })
        })
    }

    /// Checks it and its proofing. Answers with whose it is, and with the passkeys of those who
    /// vouched.
    pub fn check(
        &self,
        court: &Court<'_>,
        narrative: &mut Narrative,
    ) -> Result<(PersonId, Vec<Passkey>), ReceiptError> {
        self.signature(court)?;
        self.decision(court.book)?;
        let (person, kind) = self.opened(court.book)?;
        self.given(court.book, person)?;
        narrative.bound(person, self.authenticator, self.enrollment, self.at, self.permit);

        let mut passkeys = Vec::new();
        if kind == Kind::First {
            let (by, passkey) = court.joined(self.index, person)?;
            passkeys.extend(passkey);
            narrative.joined(person, by);
        }
        if self.statement.proofing.is_empty() {
            return Err(self.wrong(Flaw::NoProofing));
        }
        for leaf in &self.statement.proofing {
            let what = "proofing that the new passkey signed";
            let entry = court.book.by_leaf(*leaf);
            let entry = entry.ok_or(ReceiptError::Missing { what, index: self.index })?;
            let (proofing, by) = self.proofing(&entry.logged)?;
            if entry.index >= self.index {
                return Err(self.wrong(Flaw::Later));
            }
            let approval = Approval {
                index: entry.index,
                enrollment: self.enrollment,
                kind,
                applicant: person,
                attempt: self.attempt,
                attempt_key: self.statement.attempt_key,
                proofing,
                by,
            };
            passkeys.extend(court.approval(&approval)?);
            narrative.vouched(proofing);
        }
        Ok((person, passkeys))
    }

    /// The new authenticator signed the binding statement.
    fn signature(&self, court: &Court<'_>) -> Result<(), ReceiptError> {
        let Self { statement, signed, permit, .. } = self;
        if statement.enrollment != self.enrollment || permit.enrollment != self.enrollment {
            return Err(self.wrong(Flaw::OtherEnrollment));
        }
        if !signed.is_over(Purpose::Binding, statement.digest()) {
            return Err(self.wrong(Flaw::OtherStatement));
        }
        if signed.authenticator != self.authenticator
            || signed.assertion.credential_id != statement.credential_id
        {
            return Err(self.wrong(Flaw::OtherAuthenticator));
        }
        court.press(self.index, signed, &statement.public_key, None)
    }

    /// The decision is about this very version, and rests on what was signed and on a logged policy.
    fn decision(&self, book: &Book) -> Result<(), ReceiptError> {
        let Self { statement, permit, .. } = self;
        let before = self.version.saturating_sub(1);
        if !permit.covers(Action::Bind, self.enrollment, before) {
            return Err(self.wrong(Flaw::OtherEnrollment));
        }
        if permit.facts != statement.facts || permit.policy != statement.policy {
            return Err(self.wrong(Flaw::OtherFacts));
        }
        let policy = book.find(self.index, |logged| match logged {
            Logged::Policy(recorded) if recorded.version == permit.policy_revision => {
                Some(&recorded.event)
            }
            _ => None,
        });
        let what = "the policy that decided";
        let (index, PolicyEvent::Activated { digest, .. }) =
            policy.ok_or(ReceiptError::Missing { what, index: self.index })?;
        if *digest != permit.policy {
            return Err(ReceiptError::Wrong { index, flaw: Flaw::OtherPolicy });
        }
        Ok(())
    }

    /// For whom the enrollment was opened, and what for.
    fn opened(&self, book: &Book) -> Result<(PersonId, Kind), ReceiptError> {
        let opened =
            book.find(self.index, |logged| match &logged.of_enrollment(self.enrollment)?.event {
                EnrollmentEvent::Opened { person, enrollment, .. } => Some((*person, *enrollment)),
                _ => None,
            });
        let what = "the opening of the enrollment";
        let (_, opened) = opened.ok_or(ReceiptError::Missing { what, index: self.index })?;
        Ok(opened)
    }

    /// The person's own stream says that the authenticator is theirs.
    fn given(&self, book: &Book, person: PersonId) -> Result<(), ReceiptError> {
        let given = book.find(u64::MAX, |logged| match &logged.of_person(person)?.event {
            PersonEvent::AuthenticatorBound { authenticator, credential, enrollment } => {
                (*authenticator == self.authenticator).then_some((credential, *enrollment))
            }
            _ => None,
        });
        let what = "the event that gave the passkey to the person";
        let (index, (credential, enrollment)) =
            given.ok_or(ReceiptError::Missing { what, index: self.index })?;
        let wrong = |flaw| Err(ReceiptError::Wrong { index, flaw });
        if index < self.index {
            return wrong(Flaw::Later);
        }
        if enrollment != self.enrollment {
            return wrong(Flaw::OtherEnrollment);
        }
        if credential.id != self.statement.credential_id
            || credential.public_key != self.statement.public_key
        {
            return wrong(Flaw::OtherCredential);
        }
        Ok(())
    }

    fn proofing<'b>(&self, logged: &'b Logged) -> Result<(&'b Proofing, &'b Actor), ReceiptError> {
        let recorded = logged.of_enrollment(self.enrollment);
        let proofing = recorded.and_then(|recorded| {
            let (attempt, proofing) = recorded.event.proofing()?;
            (attempt == self.attempt).then_some((proofing, &recorded.by))
        });
        proofing.ok_or(self.wrong(Flaw::NotProofing))
    }

    const fn wrong(&self, flaw: Flaw) -> ReceiptError {
        ReceiptError::Wrong { index: self.index, flaw }
    }
}
