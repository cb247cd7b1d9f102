//! One authenticator of each class that a policy can tell apart.

use std::collections::BTreeSet;

use firstkey_domain::Attestation;
use uuid::Uuid;

use crate::{
    Certified, Listing, Model, ModelFacts, NewAuthenticator, Transport, listing,
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
    let mut sets = vec![BTreeSet::new()];
    for each in Transport::ALL.into_iter().filter(is_named).chain(other) {
        let with: Vec<_> =
            sets.iter().map(|set| set.iter().copied().chain([each]).collect()).collect();
        sets.extend(with);
    }
    sets
}

/// What can be said of a model, as far as the policy can tell it apart.
fn listings(words: &Vocabulary) -> Vec<Listing> {
    let asked: Vec<_> = listing::FACTS.iter().filter(|(name, _)| words.mentions(name)).collect();
    let listed = listed(words).into_iter().flatten().map(Listing::Listed);
    let mut seen = BTreeSet::new();
    [Listing::Unlisted, Listing::SetAside]
        .into_iter()
        .chain(listed)
        .filter(|each| seen.insert(asked.iter().map(|(_, is_so)| is_so(*each)).collect::<Vec<_>>()))
        .collect()
}

/// What can be known of a listed model. A few hundred cases, if the policy asks for everything.
fn listed(words: &Vocabulary) -> Option<Vec<ModelFacts>> {
    Space::new(ModelFacts::default(), usize::MAX)
        .vary(words.flag("revoked"), |model, yes| model.revoked = *yes)?
        .vary(words.flag("compromised"), |model, yes| model.compromised = *yes)?
        .vary(words.flag("retired"), |model, yes| model.retired = *yes)?
        .vary(words.flag("update_available"), |model, yes| model.update_available = *yes)?
        .vary(&levels(words), |model, level| model.certified = *level)?
        .vary(words.flag("verifies_by_biometric"), |model, yes| model.verifies_by_biometric = *yes)?
        .vary(words.flag("verifies_by_pin_inside"), |model, yes| {
            model.verifies_by_pin_inside = *yes;
        })
        .map(Space::all)
}

/// No level, and those that the policy asks for.
fn levels(words: &Vocabulary) -> Vec<Option<Certified>> {
    let asked = [
        ("certified_l1", Certified::L1),
        ("certified_l2", Certified::L2),
        ("certified_l3", Certified::L3),
    ];
    let asked = asked.into_iter().filter(|(name, _)| words.mentions(name));
    std::iter::once(None).chain(asked.map(|(_, level)| Some(level))).collect()
}
