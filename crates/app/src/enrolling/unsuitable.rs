//! What becomes of a passkey that was made and that policy takes no longer: policy, or what is known of
//! its model, moved between the two presses.

use std::collections::BTreeSet;

use firstkey_domain::{
    Action, AttemptId, CredentialId,
    enrollment::{BindRefusal, DropCredential, Enrollment},
};
use firstkey_policy::{Decision, Shortcoming, Verdict};

use crate::{Backend, Fault, Loaded, Outcome, Unit, decision::Case};

/// A passkey that was made, and that policy takes no longer. It is nobody's and never will be; the
/// applicant makes another one.
#[derive(Debug)]
pub struct Unsuitable {
    /// The credential, which its device can drop (rule 11).
    pub credential: CredentialId,
    /// The rules that refuse.
    pub decision: Decision,
    /// What would have to be otherwise; empty when it takes another model altogether.
    pub shortcomings: BTreeSet<Shortcoming>,
}

/// What policy says of a passkey that waits for its second press.
pub(super) enum Reconsidered {
    /// The passkey is what it does not take, and it was dropped. The pass stays if it can.
    Unsuitable(Unsuitable),
    /// Something else is missing, or could not be found out. Nothing was changed.
    Missing(Loaded<Enrollment>),
}

/// Policy refused to bind. Drops the passkey if that is why: if a pass would be minted, nothing more
/// will be asked of the applicant, and without another passkey they would wait for ever.
pub(super) fn reconsider<S: Backend, R: From<BindRefusal>>(
    unit: &mut Unit<'_, S>,
    enrollment: Loaded<Enrollment>,
    attempt: AttemptId,
    case: &Case,
    decision: Decision,
) -> Outcome<Reconsidered, R> {
    let is_found_out = matches!(decision.verdict, Verdict::Refused);
    let Some(permit) = case.ask(Action::Mint, &enrollment).ok().filter(|_| is_found_out) else {
        return Ok(Reconsidered::Missing(enrollment));
    };
    let waiting = enrollment.binding(attempt, unit.now()).map_err(Fault::refuse)?;
    let credential = waiting.verified.as_ref().map(|kept| kept.id.clone());
    let credential = credential.ok_or(Fault::refuse(BindRefusal::NothingVerified))?;
    let command = DropCredential {
        attempt,
        policy_revision: permit.policy_revision,
        policy: permit.policy,
        rules: decision.rules.iter().map(|rule| rule.id.clone()).collect(),
    };
    let events = enrollment.drop_credential(command, unit.now()).map_err(Fault::refuse)?;
    unit.append(enrollment, events)?;
    let shortcomings = case.shortcomings();
    Ok(Reconsidered::Unsuitable(Unsuitable { credential, decision, shortcomings }))
}
