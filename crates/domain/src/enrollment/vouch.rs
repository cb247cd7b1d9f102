//! Vouching: somebody met the applicant and signs for it; or says that it is not the person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Attempt, Ended, Enrollment, EnrollmentEvent, Method, Proofing, Voucher};
use crate::{
    AttemptId, EnrollmentId, KeyThumbprint,
    challenge::{Purpose, Signed, Statement},
};

/// What the voucher confirms before typing the code (rule 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// "I started this contact; nobody rang me."
    pub started_by_me: bool,
    /// "I reached them in person or over a channel that HR already had."
    pub known_channel: bool,
    /// "I know this person, or HR's record and what I see agree."
    pub recognised: bool,
}

impl Checklist {
    /// Everything confirmed.
    pub const COMPLETE: Self = Self { started_by_me: true, known_channel: true, recognised: true };
}

/// What a voucher signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalStatement {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The attempt.
    pub attempt: AttemptId,
    /// The applicant's browser key.
    pub attempt_key: KeyThumbprint,
    /// How they met.
    pub method: Method,
    /// What the voucher confirmed.
    pub checklist: Checklist,
}

impl Statement for ApprovalStatement {
    const TAG: &'static str = "firstkey approval/1";
}

/// A voucher who typed the right code signs for it.
#[derive(Debug, Clone)]
pub struct Vouch {
    /// Who.
    pub voucher: Voucher,
    /// What they signed.
    pub statement: ApprovalStatement,
    /// Their signature; the terminal has none.
    pub signed: Option<Signed>,
}

/// Why vouching was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VouchRefusal {
    /// The enrollment is over.
    #[error(transparent)]
    Ended(#[from] Ended),
    /// Rule 2: they added this person in the console, or changed whom we trust.
    #[error("you added this person or changed their record; somebody else must vouch")]
    Barred,
    /// Nobody has begun.
    #[error("nobody is waiting; ask the person to open their invitation and press Begin")]
    NobodyWaiting,
    /// Rule 4: more than one browser has begun.
    #[error(
        "more than one browser has begun, and one may not be theirs; send the invitation again"
    )]
    Contested,
    /// Rule 4: what was not confirmed does not count.
    #[error("confirm every line of the checklist, or refuse")]
    Incomplete,
    /// The same voucher twice is one voucher.
    #[error("you have vouched for this person already; a second person is needed")]
    Twice,
    /// The attempt changed while the voucher was signing.
    #[error("the person's browser changed while you were signing; type the new code")]
    Moved,
    /// Rule 13: the signature is over something else, by somebody else, or missing.
    #[error("your passkey did not sign this approval; try again")]
    NotSigned,
}

impl Enrollment {
    /// Records that the voucher met the applicant.
    pub fn vouch(
        &self,
        command: Vouch,
        now: Timestamp,
    ) -> Result<Vec<EnrollmentEvent>, VouchRefusal> {
        let Vouch { voucher, statement, signed } = command;
        let attempt = self.sole_attempt(&voucher, statement.checklist, now)?;
        let is_this_attempt = statement.enrollment == self.id
            && statement.attempt == attempt.id
            && statement.attempt_key == attempt.key
            && statement.method == voucher.method();
        if !is_this_attempt {
            return Err(VouchRefusal::Moved);
        }
        let is_signed = match voucher.method() {
            Method::Terminal => signed.is_none(),
            Method::Match | Method::Handover | Method::OwnAuthenticator => {
                signed.as_ref().is_some_and(|signed| {
                    signed.is_over(Purpose::Approval, statement.digest())
                        && voucher.holds(signed.authenticator)
                })
            }
        };
        if !is_signed {
            return Err(VouchRefusal::NotSigned);
        }
        Ok(vec![EnrollmentEvent::Proofed {
            attempt: attempt.id,
            proofing: Proofing {
                method: statement.method,
                voucher: voucher.actor().clone(),
                relation: voucher.relation(),
                checklist: statement.checklist,
                signed,
                at: now,
            },
        }])
    }

    /// Records that the voucher does not know the applicant. Attempts close and the locator is void
    /// until somebody sends it again. Nobody is to blame.
    pub fn refuse(
        &self,
        voucher: &Voucher,
        now: Timestamp,
    ) -> Result<Vec<EnrollmentEvent>, VouchRefusal> {
        let running = self.running(now)?;
        if running.open(now).next().is_none() {
            return Err(VouchRefusal::NobodyWaiting);
        }
        let mut events = running.close_attempts(super::AttemptEnd::Refused);
        events.push(EnrollmentEvent::Refused { voucher: voucher.actor().clone() });
        Ok(events)
    }

    /// The one attempt for which this voucher may vouch now.
    pub(super) fn sole_attempt(
        &self,
        voucher: &Voucher,
        checklist: Checklist,
        now: Timestamp,
    ) -> Result<&Attempt, VouchRefusal> {
        let running = self.running(now)?;
        if voucher.is_barred() {
            return Err(VouchRefusal::Barred);
        }
        if checklist != Checklist::COMPLETE {
            return Err(VouchRefusal::Incomplete);
        }
        let mut open = running.open(now);
        let attempt = open.next().ok_or(VouchRefusal::NobodyWaiting)?;
        if open.next().is_some() {
            return Err(VouchRefusal::Contested);
        }
        if attempt.proofings.iter().any(|proofing| proofing.voucher == *voucher.actor()) {
            return Err(VouchRefusal::Twice);
        }
        Ok(attempt)
    }
}
