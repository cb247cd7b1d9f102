//! What a voucher can do now, and why.

use firstkey_app::vouching::WaitingView;
use firstkey_domain::enrollment::Relation;
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
    /// They have vouched; a second person is needed.
    SecondNeeded,
    /// Everything needed is there: the person goes on alone.
    Satisfied,
    /// They type the code. Whether they are the second voucher.
    Code {
        /// Whether somebody vouched before.
        is_second: bool,
    },
    /// Somebody with a shell on the server must vouch.
    Terminal,
    /// No step suffices; rules say why.
    Impossible(Vec<String>),
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
        let has_vouched = attempt.proofings.iter().any(|proofing| proofing.voucher == *voucher);
        match &attempt.plan {
            Plan::Satisfied => Self::Satisfied,
            Plan::Needs(_) if has_vouched => Self::SecondNeeded,
            Plan::Needs(steps) if steps.iter().all(|step| *step == Step::Terminal) => {
                Self::Terminal
            }
            Plan::Needs(_) => Self::Code { is_second: !attempt.proofings.is_empty() },
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
