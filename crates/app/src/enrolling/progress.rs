//! What the applicant's page shows.

use std::convert::Infallible;

use firstkey_domain::{
    AttemptId, CredentialId, EnrollmentId, KeyThumbprint,
    enrollment::{Attempt, AttemptEnd, EndedAttempt, Enrollment, EnrollmentEnd, Phase},
    person::Person,
};
use firstkey_policy::Plan;
use jiff::Timestamp;

pub use crate::match_code::ShownCode;
use crate::{
    App, Backend, Outcome, Unit,
    decision::{self, Case},
    match_code,
};

/// Where an attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressStage {
    /// Somebody has to confirm who this is.
    Waiting,
    /// Policy is satisfied; a passkey can be made.
    Ready,
    /// A passkey was made and waits for its second press.
    Verified,
    /// Done.
    Bound,
    /// It ended without a passkey.
    Ended {
        /// Why the attempt ended; `None` when the enrollment ended with it.
        attempt: Option<AttemptEnd>,
        /// Why the enrollment ended, when it did: the invitation opens nothing any more.
        enrollment: Option<EnrollmentEnd>,
    },
}

/// One step, in the order in which they are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A step that policy asks for.
    Proofing(firstkey_policy::Step),
    /// Making the passkey.
    Make,
    /// Pressing it once more.
    Confirm,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Done.
    Done,
    /// To be done now.
    Now,
    /// To be done later.
    Next,
}

/// What the applicant's page shows.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The attempt.
    pub attempt: AttemptId,
    /// Where it stands.
    pub stage: ProgressStage,
    /// The applicant.
    pub person: Person,
    /// Who is expected to vouch.
    pub sponsor: Option<Person>,
    /// The steps, in order.
    pub steps: Vec<(Step, StepState)>,
    /// The code to show, while somebody has to confirm.
    pub code: Option<ShownCode>,
    /// Whether this browser took the address from a voucher's screen.
    pub is_handed_over: bool,
    /// Whether a second voucher would do as well as a handover.
    pub do_matches_suffice: bool,
    /// Whether another browser has begun too.
    pub is_contested: bool,
    /// When the attempt ends by itself.
    pub ends: Option<Timestamp>,
    /// The passkey that the attempt had made when it ended: nobody's, and its device can drop it
    /// (rule 11).
    pub unbound: Option<CredentialId>,
}

impl<S: Backend> App<S> {
    /// Where an attempt stands, for whoever holds its key. `None` for everybody else, and for
    /// attempts that do not exist: nobody can tell the two apart.
    pub async fn progress(
        &self,
        enrollment: EnrollmentId,
        attempt: AttemptId,
        key: KeyThumbprint,
    ) -> Outcome<Option<Progress>, Infallible> {
        let now = self.now();
        let Some(enrollment) = self.peek::<Enrollment>(enrollment).await? else { return Ok(None) };
        let open = super::holder(&enrollment, attempt, key, now);
        let ended = ended_stage(&enrollment, attempt, key, now);
        if open.is_none() && ended.is_none() {
            return Ok(None);
        }
        let Some(person) = self.peek::<Person>(enrollment.person).await? else { return Ok(None) };
        let sponsor = match person.profile.sponsor {
            Some(sponsor) => self.peek::<Person>(sponsor).await?.map(|sponsor| sponsor.state),
            None => None,
        };
        let mut progress = Progress {
            attempt,
            stage: ProgressStage::Waiting,
            person: person.state,
            sponsor,
            steps: Vec::new(),
            code: None,
            is_handed_over: false,
            do_matches_suffice: false,
            is_contested: false,
            ends: None,
            unbound: None,
        };
        if let Some(open) = open {
            let mut unit = Unit::viewing(self);
            let case = Case::gather(&mut unit, &enrollment, &progress.person, open).await?;
            let plan = case.plan(&enrollment);
            progress.is_handed_over = !open.handed_over.is_empty();
            progress.do_matches_suffice = case.do_matches_suffice();
            progress.stage = open_stage(open, &plan);
            progress.steps = steps(&plan, open);
            // Digits invite somebody to read them out; when no step helps there is nobody to do that.
            let is_wanted = matches!(plan, Plan::Needs(_));
            progress.code = is_wanted.then(|| match_code::shown(&self.keys, open, now));
            progress.is_contested =
                enrollment.running(now).is_ok_and(|running| running.is_contested(now));
            progress.ends = Some(open.expires);
        } else if let Some((stage, unbound)) = ended {
            (progress.stage, progress.unbound) = (stage, unbound);
        }
        Ok(Some(progress))
    }
}

/// The stage of an attempt that this key held and that is over, and what it leaves behind.
fn ended_stage(
    enrollment: &Enrollment,
    attempt: AttemptId,
    key: KeyThumbprint,
    now: Timestamp,
) -> Option<(ProgressStage, Option<CredentialId>)> {
    if let Phase::Closed { winner: Some(winner), .. } = &enrollment.phase
        && winner.attempt == attempt
        && winner.key == key
    {
        return Some((ProgressStage::Bound, None));
    }
    let is_this = |each: &EndedAttempt| each.id == attempt && each.key == key;
    let unswept = || {
        let Phase::Open(running) = &enrollment.phase else { return None };
        let expired = running.attempts.iter().map(EndedAttempt::of).find(is_this)?;
        Some(EndedAttempt { reason: Some(AttemptEnd::Expired), ..expired })
    };
    let ended = enrollment.ended.iter().find(|each| is_this(each)).cloned().or_else(unswept)?;
    let stage = ProgressStage::Ended {
        attempt: ended.reason,
        enrollment: enrollment.running(now).err().map(|ended| ended.0),
    };
    Some((stage, ended.unbound))
}

fn open_stage(attempt: &Attempt, plan: &Plan) -> ProgressStage {
    if *plan != Plan::Satisfied {
        // Also with a passkey made: policy may have come to ask for more, and somebody has to see
        // the code for that.
        ProgressStage::Waiting
    } else if attempt.verified.is_some() {
        ProgressStage::Verified
    } else {
        ProgressStage::Ready
    }
}

/// Steps done, then steps to do.
fn steps(plan: &Plan, attempt: &Attempt) -> Vec<(Step, StepState)> {
    let needed = match plan {
        Plan::Needs(steps) => steps.as_slice(),
        Plan::Satisfied | Plan::Impossible(_) => &[],
    };
    let mut steps: Vec<_> = decision::steps_done(attempt)
        .map(|step| (Step::Proofing(step), StepState::Done))
        .chain(needed.iter().map(|step| (Step::Proofing(*step), StepState::Next)))
        .collect();
    let made = if attempt.verified.is_some() { StepState::Done } else { StepState::Next };
    steps.extend([(Step::Make, made), (Step::Confirm, StepState::Next)]);
    if let Some((_, state)) = steps.iter_mut().find(|(_, state)| *state == StepState::Next) {
        *state = StepState::Now;
    }
    steps
}
