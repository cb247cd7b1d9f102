//! Folding one event into an open enrollment.
//!
//! What no decider produces is refused here too, so that refolding the log shows an event that was
//! put there by other means. The checks repeat what keeps the door shut and nothing more.

use jiff::Timestamp;

use super::{
    ATTEMPT_LIFETIME, Attempt, EnrollmentEnd, EnrollmentEvent, Invitation, MAX_OPEN_ATTEMPTS,
    MAX_PASS_LIFETIME, Method, Pass, Phase, Proofing, Running, Winner, deadline::after,
};
use crate::{AttemptId, KeyThumbprint, PassId, Private, Recorded};

/// The event cannot follow.
pub(super) struct Unfit;

impl Running {
    /// Applies one event; answers with the closed phase when the event closes the enrollment.
    pub(super) fn apply(
        &mut self,
        recorded: &Recorded<EnrollmentEvent>,
    ) -> Result<Option<Phase>, Unfit> {
        use EnrollmentEvent as E;
        let at = recorded.at;
        match &recorded.event {
            E::Opened { .. } => return Err(Unfit),
            E::Invited { generation, from, expires, secret } => {
                let is_next = self.invitation.generation.checked_add(1) == Some(*generation);
                ensure(is_next && self.attempts.is_empty())?;
                self.invitation = Invitation {
                    generation: *generation,
                    from: Some(*from),
                    secret: *secret,
                    needs_secret: secret.is_some(),
                };
                self.expires = *expires;
                self.wrong_codes = 0;
            }
            E::AttemptBegun { attempt, key, device } => {
                self.begun(*attempt, *key, device.clone(), at)?;
            }
            E::AttemptClosed { attempt, .. } => {
                let before = self.attempts.len();
                self.attempts.retain(|each| each.id != *attempt);
                ensure(self.attempts.len() < before)?;
            }
            E::CodeMismatched { .. } => self.wrong_codes = self.wrong_codes.saturating_add(1),
            E::HandedOver { attempt, voucher } => {
                let attempt = self.attempt_open_at(*attempt, at)?;
                ensure(!attempt.was_handed_over_by(*voucher))?;
                attempt.handed_over.push(*voucher);
            }
            E::ProofedUnasked { attempt, proofing } => {
                ensure(proofing.checklist.acquaintance.is_none())?;
                self.proofed(*attempt, proofing, at)?;
            }
            E::Proofed { attempt, proofing } => self.proofed(*attempt, proofing, at)?,
            E::Refused { .. } | E::Voided { .. } => {
                ensure(self.attempts.is_empty())?;
                self.invitation.from = None;
                self.invitation.secret = None;
            }
            E::PassMinted { attempt, pass, expires, permit } => {
                let attempt = self.attempt_open_at(*attempt, at)?;
                ensure(attempt.pass.is_none() && *expires <= after(at, MAX_PASS_LIFETIME))?;
                attempt.pass = Some(Pass {
                    id: *pass,
                    minted: at,
                    expires: *expires,
                    policy_revision: permit.policy_revision,
                });
            }
            E::PassEnded { attempt, pass, .. } => {
                let attempt = self.attempt_mut(*attempt)?;
                attempt.pass.take_if(|open| open.id == *pass).ok_or(Unfit)?;
            }
            E::CeremonyFailed { attempt, .. } => {
                let attempt = self.attempt_mut(*attempt)?;
                attempt.failed_ceremonies = attempt.failed_ceremonies.saturating_add(1);
            }
            E::CredentialVerified { attempt, pass, credential, .. } => {
                let attempt = self.holding(*attempt, *pass, at)?;
                ensure(attempt.verified.is_none())?;
                attempt.verified = Some(credential.clone());
            }
            E::CredentialDropped { attempt, credential, .. } => {
                let attempt = self.attempt_open_at(*attempt, at)?;
                attempt.verified.take_if(|kept| kept.id == *credential).ok_or(Unfit)?;
            }
            E::Bound { attempt, pass, authenticator, .. } => {
                let winner = self.holding(*attempt, *pass, at)?;
                let credential = winner.verified.as_ref().ok_or(Unfit)?;
                return Ok(Some(Phase::Closed {
                    reason: EnrollmentEnd::Bound,
                    at,
                    winner: Some(Winner {
                        attempt: *attempt,
                        key: winner.key,
                        credential: credential.id.clone(),
                        authenticator: *authenticator,
                    }),
                }));
            }
            E::Closed { reason } => {
                ensure(*reason != EnrollmentEnd::Bound)?;
                return Ok(Some(Phase::Closed { reason: *reason, at, winner: None }));
            }
        }
        Ok(None)
    }

    fn begun(
        &mut self,
        id: AttemptId,
        key: KeyThumbprint,
        device: Private<super::Device>,
        at: Timestamp,
    ) -> Result<(), Unfit> {
        let is_invited = self.invitation.from.is_some_and(|from| from <= at) && at < self.expires;
        let is_new = self.attempts.iter().all(|each| each.id != id && each.key != key);
        ensure(is_invited && is_new && self.attempts.len() < MAX_OPEN_ATTEMPTS)?;
        // The setup link's secret is good for one Begin.
        self.invitation.secret = None;
        self.attempts.push(Attempt {
            id,
            key,
            began: at,
            expires: after(at, ATTEMPT_LIFETIME),
            device,
            handed_over: Vec::new(),
            proofings: Vec::new(),
            pass: None,
            verified: None,
            failed_ceremonies: 0,
        });
        Ok(())
    }

    fn proofed(&mut self, id: AttemptId, new: &Proofing, at: Timestamp) -> Result<(), Unfit> {
        let attempt = self.attempt_open_at(id, at)?;
        let is_room = |each: &Proofing| each.leaves_room_for(&new.voucher, new.method);
        ensure(attempt.proofings.iter().all(is_room))?;
        // A handover is a match by whoever handed over.
        let handed_over = new.person().is_some_and(|person| attempt.was_handed_over_by(person));
        ensure(new.method != Method::Handover || handed_over)?;
        attempt.proofings.push(new.clone());
        Ok(())
    }

    fn attempt_mut(&mut self, id: AttemptId) -> Result<&mut Attempt, Unfit> {
        self.attempts.iter_mut().find(|attempt| attempt.id == id).ok_or(Unfit)
    }

    fn attempt_open_at(&mut self, id: AttemptId, at: Timestamp) -> Result<&mut Attempt, Unfit> {
        ensure(at < self.expires)?;
        let attempt = self.attempt_mut(id)?;
        ensure(attempt.is_open(at))?;
        Ok(attempt)
    }

    /// The attempt that holds this very pass, still open.
    fn holding(
        &mut self,
        id: AttemptId,
        pass: PassId,
        at: Timestamp,
    ) -> Result<&mut Attempt, Unfit> {
        let attempt = self.attempt_open_at(id, at)?;
        ensure(attempt.open_pass(at).is_some_and(|open| open.id == pass))?;
        Ok(attempt)
    }
}

fn ensure(fits: bool) -> Result<(), Unfit> {
    if fits { Ok(()) } else { Err(Unfit) }
}
