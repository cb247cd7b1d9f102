//! Vouching: somebody met the applicant and signs for it; or says that it is not the person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Attempt, Ended, Enrollment, EnrollmentEvent, Method, Proofing, Voucher};
use crate::{
    AttemptId, EnrollmentId, KeyThumbprint,
    challenge::{Purpose, Signed, Statement},
};

/// Whether the voucher could have told the applicant from somebody else by sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acquaintance {
    /// "I knew this person by sight before today."
    BySight,
    /// "We meet for the first time."
    FirstMeeting,
}

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
    /// Whether they knew the applicant before; nothing when they were not asked. Absent from what was
    /// signed before anybody was asked, so that those signatures are still over the same statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acquaintance: Option<Acquaintance>,
}

impl Checklist {
    /// Everything confirmed, and nothing said of whether they knew each other.
    pub const COMPLETE: Self =
        Self { started_by_me: true, known_channel: true, recognised: true, acquaintance: None };

    /// Everything confirmed, by somebody who knew the applicant by sight.
    pub const ACQUAINTED: Self =
        Self { acquaintance: Some(Acquaintance::BySight), ..Self::COMPLETE };

    /// Whether every line is confirmed.
    pub const fn is_complete(self) -> bool {
        self.started_by_me && self.known_channel && self.recognised
    }

    /// Whether they signed that they knew the applicant by sight.
    pub const fn is_by_sight(self) -> bool {
        matches!(self.acquaintance, Some(Acquaintance::BySight))
    }
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
            && statement.method == voucher.method(attempt);
        if !is_this_attempt {
            return Err(VouchRefusal::Moved);
        }
        let is_signed = match statement.method {
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
        if !checklist.is_complete() {
            return Err(VouchRefusal::Incomplete);
        }
        let mut open = running.open(now);
        let attempt = open.next().ok_or(VouchRefusal::NobodyWaiting)?;
        if open.next().is_some() {
            return Err(VouchRefusal::Contested);
        }
        let method = voucher.method(attempt);
        if !attempt
            .proofings
            .iter()
            .all(|proofing| proofing.leaves_room_for(voucher.actor(), method))
        {
            return Err(VouchRefusal::Twice);
        }
        Ok(attempt)
    }
}
