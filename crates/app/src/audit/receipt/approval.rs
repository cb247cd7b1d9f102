//! Who vouched, with what, and by what right.

use std::{cell::RefCell, collections::BTreeSet};

use firstkey_domain::{
    Actor, Bytes, EnrollmentId, KeyThumbprint, PersonId, Role,
    challenge::{Purpose, Signed, Statement},
    enrollment::{ApprovalStatement, EnrollmentEvent, Kind, Method, Proofing, Relation},
    person::{PersonEvent, RoleStatement},
};
use firstkey_webauthn::{
    Challenge, CosePublicKey, RelyingParty, UserVerification,
    authentication::{AssertionEvidence, EvidenceExpected},
};
use serde::Deserialize;

use super::{Flaw, ReceiptError, book::Book};

/// The role by which a relation may vouch.
pub(super) const fn role_of(relation: Relation) -> Option<Role> {
    match relation {
        Relation::Officer => Some(Role::Officer),
        Relation::Administrator => Some(Role::Administrator),
        Relation::Sponsor | Relation::Oneself | Relation::Host => None,
    }
}

/// A proofing, and for what it was given.
pub(super) struct Approval<'a> {
    pub index: u64,
    pub enrollment: EnrollmentId,
    pub kind: Kind,
    pub applicant: PersonId,
    pub attempt: firstkey_domain::AttemptId,
    pub attempt_key: KeyThumbprint,
    pub proofing: &'a Proofing,
    pub by: &'a Actor,
}

/// Where signatures are checked, and what is still to be checked because of them.
pub(super) struct Court<'a> {
    pub book: &'a Book,
    pub relying_party: &'a RelyingParty,
    pub origins: RefCell<BTreeSet<String>>,
}

/// A passkey that signed: the enrollment that bound it, and the index of the event that gave it to
/// its holder.
pub(super) type Passkey = (EnrollmentId, u64);

impl Court<'_> {
    /// Checks a proofing. Answers with the passkeys that it rests on; the terminal rests on none.
    pub fn approval(&self, approval: &Approval<'_>) -> Result<Vec<Passkey>, ReceiptError> {
        let Approval { index, proofing, .. } = approval;
        let wrong = |flaw| ReceiptError::Wrong { index: *index, flaw };
        if !proofing.checklist.is_complete() {
            return Err(wrong(Flaw::Checklist));
        }
        if *approval.by != proofing.voucher || !fits(approval) {
            return Err(wrong(Flaw::Relation));
        }
        let (voucher, signed) = match (&proofing.voucher, &proofing.signed) {
            (Actor::Host(_), None) => return Ok(Vec::new()),
            (Actor::Person(voucher), Some(signed)) => (*voucher, signed),
            _ => return Err(wrong(Flaw::Relation)),
        };
        let statement = ApprovalStatement {
            enrollment: approval.enrollment,
            attempt: approval.attempt,
            attempt_key: approval.attempt_key,
            method: proofing.method,
            checklist: proofing.checklist,
        };
        if !signed.is_over(Purpose::Approval, statement.digest()) {
            return Err(wrong(Flaw::OtherStatement));
        }
        if proofing.method == Method::Handover {
            self.handed_over(approval)?;
        }
        let mut passkeys = vec![self.signature(*index, voucher, signed)?];
        match proofing.relation {
            Relation::Sponsor => {
                passkeys.extend(self.sponsors(*index, approval.applicant, voucher)?);
            }
            relation => {
                if let Some(role) = role_of(relation) {
                    passkeys.extend(self.granted(*index, voucher, role)?);
                }
            }
        }
        Ok(passkeys)
    }

    /// That the attempt's browser took the address from the voucher's screen before they signed.
    fn handed_over(&self, approval: &Approval<'_>) -> Result<(), ReceiptError> {
        let Approval { index, enrollment, attempt, proofing, .. } = *approval;
        let taken = self.book.find(index, |logged| {
            let recorded = logged.of_enrollment(enrollment)?;
            is_handover(&recorded.event, attempt, proofing).then_some(&recorded.by)
        });
        let what = "the handover that came before the match";
        let (taken, by) = taken.ok_or(ReceiptError::Missing { what, index })?;
        // The browser brought it, and nobody for it.
        if *by != Actor::Applicant(attempt) {
            return Err(ReceiptError::Wrong { index: taken, flaw: Flaw::Relation });
        }
        Ok(())
    }

    /// That the role was granted before, by the host or with a signature.
    fn granted(
        &self,
        index: u64,
        holder: PersonId,
        wanted: Role,
    ) -> Result<Option<Passkey>, ReceiptError> {
        let granted = self.book.find(index, |logged| {
            let recorded = logged.of_person(holder)?;
            match &recorded.event {
                PersonEvent::RoleGranted { role, signed } if *role == wanted => {
                    Some((&recorded.by, signed))
                }
                _ => None,
            }
        });
        let what = "the grant of the voucher's role";
        let (granted, (by, signed)) = granted.ok_or(ReceiptError::Missing { what, index })?;
        let wrong = |flaw| ReceiptError::Wrong { index: granted, flaw };
        match (by, signed) {
            (Actor::Host(_), None) => Ok(None),
            (Actor::Person(by), Some(signed)) => {
                let statement = RoleStatement { person: holder, role: wanted, held: true };
                if !signed.is_over(Purpose::Act, statement.digest()) {
                    return Err(wrong(Flaw::OtherStatement));
                }
                self.signature(granted, *by, signed).map(Some)
            }
            _ => Err(wrong(Flaw::Relation)),
        }
    }

    /// That this person signed, with a passkey that was theirs before.
    pub fn signature(
        &self,
        index: u64,
        holder: PersonId,
        signed: &Signed,
    ) -> Result<Passkey, ReceiptError> {
        let held = self.book.find(index, |logged| match &logged.of_person(holder)?.event {
            PersonEvent::AuthenticatorBound { authenticator, credential, enrollment } => {
                (*authenticator == signed.authenticator).then_some((credential, *enrollment))
            }
            _ => None,
        });
        let what = "the passkey that signed";
        let (held, (credential, enrollment)) = held.ok_or(ReceiptError::Missing { what, index })?;
        if credential.id != signed.assertion.credential_id {
            let flaw = Flaw::OtherAuthenticator;
            return Err(ReceiptError::Wrong { index, flaw });
        }
        self.press(index, signed, &credential.public_key, Some(credential.backup_eligible))?;
        Ok((enrollment, held))
    }

    /// Verifies an assertion over the challenge whose preimage was logged.
    pub fn press(
        &self,
        index: u64,
        signed: &Signed,
        public_key: &Bytes,
        backup_eligible: Option<bool>,
    ) -> Result<(), ReceiptError> {
        #[derive(Deserialize)]
        struct ClientData {
            origin: String,
        }
        let unreadable = ReceiptError::Wrong { index, flaw: Flaw::Unreadable };
        let public_key =
            CosePublicKey::from_bytes(public_key.as_bytes()).map_err(|_| unreadable.clone())?;
        let assertion = &signed.assertion;
        let evidence = AssertionEvidence::from_parts(
            assertion.credential_id.as_bytes(),
            assertion.authenticator_data.as_bytes().to_vec(),
            assertion.client_data_json.as_bytes().to_vec(),
            assertion.signature.as_bytes().to_vec(),
        )
        .map_err(|_| unreadable.clone())?;
        evidence
            .verify(
                self.relying_party,
                &EvidenceExpected {
                    challenge: &Challenge::new(*signed.challenge.digest().as_bytes()),
                    user_verification: UserVerification::Required,
                    public_key: &public_key,
                    backup_eligible,
                },
            )
            .map_err(|error| ReceiptError::Signature { index, error })?;
        let client_data: ClientData =
            serde_json::from_slice(evidence.client_data_json()).map_err(|_| unreadable)?;
        self.origins.borrow_mut().insert(client_data.origin);
        Ok(())
    }
}

/// Whether the event is the handover on which a proofing of this attempt rests.
pub(super) fn is_handover(
    event: &EnrollmentEvent,
    of: firstkey_domain::AttemptId,
    proofing: &Proofing,
) -> bool {
    matches!(event, EnrollmentEvent::HandedOver { attempt, voucher }
        if *attempt == of && proofing.person() == Some(*voucher))
}

/// Whether somebody may stand in this relation to the applicant in this kind of enrollment, and meets
/// them by this method.
fn fits(approval: &Approval<'_>) -> bool {
    let Proofing { method, voucher, relation, .. } = approval.proofing;
    let is_self = voucher.person() == Some(approval.applicant);
    match relation {
        Relation::Host => *method == Method::Terminal && matches!(voucher, Actor::Host(_)),
        Relation::Oneself => {
            *method == Method::OwnAuthenticator && is_self && approval.kind.is_own_act()
        }
        Relation::Sponsor | Relation::Officer | Relation::Administrator => {
            matches!(method, Method::Match | Method::Handover)
                && !is_self
                && !approval.kind.is_own_act()
        }
    }
}
