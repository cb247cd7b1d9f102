//! One authenticator of each class that a policy can tell apart.

use std::collections::BTreeSet;

use firstkey_domain::Attestation;
use uuid::Uuid;

use crate::{
    Listing, Model, ModelFacts, NewAuthenticator, Transport, listing, powerset::powerset,
    question::attestation_name, space::Space, vocabulary::Vocabulary,
};

/// Authenticators, one of each class; `None` when they could be more than `limit`.
pub(crate) fn authenticators(words: &Vocabulary, limit: usize) -> Option<Vec<NewAuthenticator>> {
    Space::new(NewAuthenticator::PLAIN, limit)
        .vary(words.flag("device_bound"), |new, yes| new.device_bound = *yes)?
        .vary(&attestations(words), |new, attestation| new.attestation = *attestation)?
        .vary(&models(words), |new, model| new.model = *model)?
        .vary(&transports(words), |new, transports| new.transports.clone_from(transports))?
        .vary(&listings(words), |new, listing| {
            // Nothing is listed under no name.
            let is_named = new.model != Model::Unknown;
            new.listing = if is_named { *listing } else { Listing::Unlisted };
        })
        .map(Space::all)
}

/// Those that the policy names, and one that it does not.
fn attestations(words: &Vocabulary) -> Vec<Attestation> {
    let all =
        [Attestation::None, Attestation::SelfSigned, Attestation::Trusted, Attestation::Untrusted];
    let is_named = |each: &Attestation| words.names("Attestation", attestation_name(*each));
    let other = all.into_iter().find(|each| !is_named(each));
    all.into_iter().filter(is_named).chain(other).collect()
}

/// One of each class of models between which the policy makes no difference, and one that it does not
/// name.
fn models(words: &Vocabulary) -> Vec<Model> {
    let named: BTreeSet<Model> = words.models.keys().copied().collect();
    let mut seen = BTreeSet::new();
    let distinct = words.models.iter().filter(|(_, places)| seen.insert(*places));
    let distinct: Vec<_> = distinct.map(|(model, _)| *model).collect();
    let mut others = (1..).map(|number| Model::of(Uuid::from_u128(number)));
    let other = others.find(|other| !named.contains(other));
    distinct.into_iter().chain(other).collect()
}

/// Sets of those that the policy names and of one that it does not.
fn transports(words: &Vocabulary) -> Vec<BTreeSet<Transport>> {
    if !words.mentions("transports") {
        return vec![BTreeSet::new()];
    }
    let is_named = |each: &Transport| words.names("Transport", each.name());
    let other = Transport::ALL.into_iter().find(|each| !is_named(each));
    powerset(Transport::ALL.into_iter().filter(is_named).chain(other))
}

/// What can be said of a model, as far as the policy can tell it apart.
fn listings(words: &Vocabulary) -> Vec<Listing> {
    let asked = || listing::FACTS.iter().filter(|fact| words.mentions(fact.name));
    // Each fact that the policy asks for holds or not. A few hundred cases, if it asks for all of them.
    let listed = asked().fold(vec![ModelFacts::default()], |mut found, fact| {
        let with = |model: &ModelFacts| (fact.set)(*model);
        let with: Vec<_> = found.iter().map(with).collect();
        found.extend(with);
        found
    });
    let mut seen = BTreeSet::new();
    [Listing::Unlisted, Listing::SetAside]
        .into_iter()
        .chain(listed.into_iter().map(Listing::Listed))
        .filter(|each| seen.insert(asked().map(|fact| (fact.holds)(*each)).collect::<Vec<_>>()))
        .collect()
}
