//! What somebody is to policy today: whether they are privileged, and which of their authenticators
//! suit that.

use firstkey_domain::{
    enrollment::Kind,
    person::{Authenticator, Person},
};
use firstkey_policy::Given;

use crate::{
    Backend, Outcome, Unit,
    decision::permits,
    model::KnownModels,
    policy::{InForce, in_force},
    signer::usable,
};

/// Whether somebody sponsors privileged people. Read from rows: it can only make policy ask for more
/// (rule 16).
pub(crate) async fn sponsors_privileged<S: Backend, R>(
    unit: &Unit<'_, S>,
    policy: &InForce,
    person: &Person,
) -> Outcome<bool, R> {
    Ok(unit.app().store.sponsors_privileged(person.id, policy.engine.named_groups()).await?)
}

/// What is given of somebody before anybody has vouched.
pub(crate) async fn given<S: Backend, R>(
    unit: &Unit<'_, S>,
    policy: &InForce,
    person: &Person,
    kind: Kind,
) -> Outcome<Given, R> {
    let sponsors_privileged = sponsors_privileged(unit, policy, person).await?;
    Ok(policy.engine.given(person, kind, sponsors_privileged))
}

/// Whether somebody must be met by stronger means: see [`firstkey_policy::Privilege`].
pub(crate) async fn is_privileged<S: Backend, R>(
    unit: &mut Unit<'_, S>,
    person: &Person,
) -> Outcome<bool, R> {
    let policy = in_force(unit).await?;
    Ok(policy.engine.marks_out(person) || sponsors_privileged(unit, &policy, person).await?)
}

/// The usable authenticators that policy would bind to their holder today (rule 23).
pub(crate) async fn suitable<'a, S: Backend, R>(
    unit: &mut Unit<'_, S>,
    holder: &'a Person,
) -> Outcome<Vec<&'a Authenticator>, R> {
    let policy = in_force(unit).await?;
    let sponsors_privileged = sponsors_privileged(unit, &policy, holder).await?;
    let models = KnownModels::known(unit).await?;
    let would_bind = |each: &&Authenticator| {
        let listing = models.listing(&each.credential);
        permits(&policy.engine.would_bind(holder, each, sponsors_privileged, listing))
    };
    Ok(usable(holder).filter(would_bind).collect())
}

/// Leaves somebody nothing but suitable authenticators when they have any: what they sign for themselves
/// counts with the best that they hold.
pub(crate) async fn keep_best<S: Backend, R>(
    unit: &mut Unit<'_, S>,
    person: &mut Person,
) -> Outcome<(), R> {
    let mut best = person.clone();
    keep_suitable(unit, &mut best).await?;
    if !best.authenticators.is_empty() {
        *person = best;
    }
    Ok(())
}

/// Leaves a voucher nothing but suitable authenticators, so that what they signed with others no longer
/// counts.
pub(crate) async fn keep_suitable<S: Backend, R>(
    unit: &mut Unit<'_, S>,
    voucher: &mut Person,
) -> Outcome<(), R> {
    let suitable: Vec<_> = suitable(unit, voucher).await?.iter().map(|each| each.id).collect();
    voucher.authenticators.retain(|each| suitable.contains(&each.id));
    Ok(())
}
