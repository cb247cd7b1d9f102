//! Progress as the page's script reads it.

use firstkey_app::{
    App, Backend,
    enrolling::{Progress, ProgressStage, Step, StepState},
};
use firstkey_domain::enrollment::{AttemptEnd, EnrollmentEnd};
use firstkey_policy::Step as ProofingStep;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::address::AttemptAddress;

/// Where an attempt stands.
#[derive(Debug, Serialize)]
pub(crate) struct ProgressJson {
    attempt: AttemptAddress,
    stage: &'static str,
    steps: Vec<StepJson>,
    code: Option<CodeJson>,
    /// Whether the address of a voucher's screen was taken.
    handed_over: bool,
    /// Whether a second voucher would do as well as a handover.
    or_second: bool,
    contested: bool,
    ends: Option<Timestamp>,
    ended: Option<EndedJson>,
}

#[derive(Debug, Serialize)]
struct StepJson {
    kind: &'static str,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct CodeJson {
    digits: String,
    ends: Timestamp,
}

#[derive(Debug, Serialize)]
struct EndedJson {
    reason: &'static str,
    /// Whether the same link still begins anew.
    can_begin_again: bool,
    /// The argument of `signalUnknownCredential()` for the passkey that it had made (rule 11).
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_credential: Option<Value>,
}

impl ProgressJson {
    pub(crate) fn of<S: Backend>(
        app: &App<S>,
        address: AttemptAddress,
        progress: &Progress,
    ) -> Self {
        let steps = progress.steps.iter();
        Self {
            attempt: address,
            stage: stage(progress.stage),
            steps: steps
                .map(|(step, state)| StepJson { kind: kind(*step), state: state_name(*state) })
                .collect(),
            code: progress
                .code
                .map(|shown| CodeJson { digits: shown.code.to_string(), ends: shown.ends }),
            handed_over: progress.is_handed_over,
            or_second: progress.do_matches_suffice,
            contested: progress.is_contested,
            ends: progress.ends,
            ended: match progress.stage {
                ProgressStage::Ended { attempt, enrollment } => {
                    let unbound = progress.unbound.as_ref();
                    let unknown = unbound.and_then(|id| app.unknown_credential(id));
                    Some(ended(attempt, enrollment, unknown))
                }
                _ => None,
            },
        }
    }

    /// When the code on the screen gives way to another.
    pub(crate) fn code_ends(&self) -> Option<Timestamp> {
        self.code.as_ref().map(|code| code.ends)
    }

    /// Whether a passkey was bound.
    pub(crate) fn is_bound(&self) -> bool {
        self.stage == "bound"
    }

    /// Whether nothing will change any more.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self.stage, "bound" | "ended")
    }
}

const fn stage(stage: ProgressStage) -> &'static str {
    match stage {
        ProgressStage::Waiting => "waiting",
        ProgressStage::Ready => "ready",
        ProgressStage::Verified => "verified",
        ProgressStage::Bound => "bound",
        ProgressStage::Ended { .. } => "ended",
    }
}

const fn kind(step: Step) -> &'static str {
    match step {
        Step::Proofing(ProofingStep::Match) => "match",
        Step::Proofing(ProofingStep::MatchBySight) => "match_by_sight",
        Step::Proofing(ProofingStep::SecondMatch) => "second_match",
        Step::Proofing(ProofingStep::Handover) => "handover",
        Step::Proofing(ProofingStep::Terminal) => "terminal",
        Step::Proofing(ProofingStep::OwnAuthenticator) => "own_authenticator",
        Step::Make => "make",
        Step::Confirm => "confirm",
    }
}

const fn state_name(state: StepState) -> &'static str {
    match state {
        StepState::Done => "done",
        StepState::Now => "now",
        StepState::Next => "next",
    }
}

fn ended(
    attempt: Option<AttemptEnd>,
    enrollment: Option<EnrollmentEnd>,
    unknown_credential: Option<Value>,
) -> EndedJson {
    let reason = match (enrollment, attempt) {
        (Some(EnrollmentEnd::Bound), _) => "elsewhere",
        (Some(EnrollmentEnd::Withdrawn), _) => "withdrawn",
        (Some(EnrollmentEnd::Left), _) => "left",
        (Some(EnrollmentEnd::Restored), _) => "restored",
        (Some(EnrollmentEnd::Expired), _) | (None, Some(AttemptEnd::Expired) | None) => "expired",
        (None, Some(AttemptEnd::WrongCodes)) => "wrong_codes",
        (None, Some(AttemptEnd::FailedCeremonies)) => "failed_ceremonies",
        (None, Some(AttemptEnd::Moved)) => "moved",
        (None, Some(AttemptEnd::Reinvited)) => "reinvited",
        (None, Some(AttemptEnd::Refused)) => "refused",
        (None, Some(AttemptEnd::Voided)) => "voided",
    };
    let can_begin_again =
        enrollment.is_none() && matches!(reason, "expired" | "wrong_codes" | "failed_ceremonies");
    EndedJson { reason, can_begin_again, unknown_credential }
}
