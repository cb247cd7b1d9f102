//! What a voucher can do now, and why.

use firstkey_app::vouching::{WaitingAttempt, WaitingView};
use firstkey_domain::enrollment::{Method, Relation};
use firstkey_policy::{Obstacle, Plan, Step};

/// What a voucher can do now. The page explains each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Situation {
    /// Nobody has pressed Begin; an invitation works or not.
    NobodyWaiting,
    /// More than one browser has begun.
    Contested,
    /// They changed the record after the invitation.
    Barred,
    /// They have vouched, and it is not enough: a second person is needed.
    SecondNeeded {
        /// Whether they could hand over instead.
        or_handover: bool,
    },
    /// Everything needed is there: the person goes on alone.
    Satisfied,
    /// They type the code.
    Code {
        /// Whether somebody vouched before.
        is_second: bool,
        /// What has to come with it.
        way: Way,
        /// Whether a second voucher would do as well as a handover.
        do_matches_suffice: bool,
    },
    /// Somebody with a shell on the server must vouch.
    Terminal,
    /// No step suffices; rules say why.
    Impossible(Vec<String>),
}

/// What has to come with the code for it to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Nothing.
    Match,
    /// That they knew the person by sight before, or a handover.
    BySight,
    /// A handover.
    Handover,
    /// The person took the address from their screen: only the code is left.
    HandedOver,
}

impl Way {
    fn of(attempt: &WaitingAttempt, steps: &[Step], is_second: bool) -> Self {
        if attempt.is_handed_over {
            Self::HandedOver
        } else if is_second && attempt.do_matches_suffice {
            // They are the second voucher.
            Self::Match
        } else if steps.contains(&Step::Handover) {
            Self::Handover
        } else if steps.contains(&Step::MatchBySight) {
            Self::BySight
        } else {
            Self::Match
        }
    }
}

impl Situation {
    /// Whether sending the invitation again would help.
    pub(super) const fn wants_invitation(&self) -> bool {
        matches!(self, Self::NobodyWaiting | Self::Contested)
    }

    /// What a view leads to.
    pub(super) fn of(view: &WaitingView) -> Self {
        let [attempt] = view.attempts.as_slice() else {
            let is_empty = view.attempts.is_empty();
            return if is_empty { Self::NobodyWaiting } else { Self::Contested };
        };
        if view.voucher.is_barred() {
            return Self::Barred;
        }
        let voucher = view.voucher.actor();
        let mut own = attempt.proofings.iter().filter(|proofing| proofing.voucher == *voucher);
        let has_vouched = own.clone().next().is_some();
        let has_handed_over = own.any(|proofing| proofing.method == Method::Handover);
        // Whoever only matched before may hand over, and then types the code again.
        let is_done = has_vouched && (has_handed_over || !attempt.is_handed_over);
        match &attempt.plan {
            Plan::Satisfied => Self::Satisfied,
            Plan::Needs(steps) if is_done => Self::SecondNeeded {
                or_handover: !has_handed_over && steps.contains(&Step::Handover),
            },
            Plan::Needs(steps) if steps.iter().all(|step| *step == Step::Terminal) => {
                Self::Terminal
            }
            Plan::Needs(steps) => {
                let is_second = !attempt.proofings.is_empty() && !has_vouched;
                Self::Code {
                    is_second,
                    way: Way::of(attempt, steps, is_second),
                    do_matches_suffice: attempt.do_matches_suffice,
                }
            }
            Plan::Impossible(obstacle) => Self::Impossible(reasons(obstacle)),
        }
    }
}

/// Whether the voucher adds a passkey of their own.
pub(super) fn is_own(view: &WaitingView) -> bool {
    view.voucher.relation() == Relation::Oneself
}

/// The reasons that the policy itself gives.
fn reasons(obstacle: &Obstacle) -> Vec<String> {
    match obstacle {
        Obstacle::Forbidden(rules) => rules.iter().map(|rule| rule.reason.clone()).collect(),
        Obstacle::PolicyFailed(_)
        | Obstacle::Contested
        | Obstacle::Unavailable(_)
        | Obstacle::VoucherLost
        | Obstacle::NothingPermits => Vec::new(),
    }
}
