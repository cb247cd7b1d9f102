//! From states to facts.

use std::collections::BTreeSet;

use firstkey_domain::{
    Role,
    enrollment::{Attempt, Enrollment, Kind, Method, Proofing, Relation},
    person::Person,
};
use jiff::Timestamp;

use crate::{Earned, Engine, Facts, Given, Held, Listing, Matches, NewAuthenticator, Privilege};

/// What a decision about an enrollment reads beside the applicant and the enrollment.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The groups that the policy in force names: [`crate::Engine::named_groups`].
    pub named_groups: &'a BTreeSet<String>,
    /// Whether the applicant sponsors somebody for whom [`crate::Engine::marks_out`] is true.
    pub sponsors_privileged: bool,
    /// Everybody who vouched for this attempt, as loaded with the decision.
    pub vouchers: &'a [Person],
    /// What the metadata in force says of the model that this attempt registered, if it has.
    pub listing: Listing,
}

impl Facts {
    /// Gathers the facts about one attempt of an enrollment.
    pub fn gather(
        person: &Person,
        enrollment: &Enrollment,
        attempt: &Attempt,
        around: Surroundings<'_>,
        now: Timestamp,
    ) -> Self {
        let given = Given {
            contested: enrollment.running(now).is_ok_and(|running| running.is_contested(now)),
            vouchers_in_good_standing: vouchers_in_good_standing(person, attempt, around.vouchers),
            ..given(person, enrollment.kind, around.named_groups, around.sponsors_privileged)
        };
        let verified = attempt.verified.as_ref();
        let authenticator = verified.map(|each| NewAuthenticator::of(each, around.listing));
        Self { given, earned: Earned::from_proofings(&attempt.proofings), authenticator }
    }
}

impl Engine {
    /// What is given of a person before anybody has vouched, with one browser open.
    /// `sponsors_privileged` is as in [`Surroundings`].
    pub fn given(&self, person: &Person, kind: Kind, sponsors_privileged: bool) -> Given {
        given(person, kind, self.named_groups(), sponsors_privileged)
    }
}

fn given(
    person: &Person,
    kind: Kind,
    named_groups: &BTreeSet<String>,
    sponsors_privileged: bool,
) -> Given {
    let usable = |id| person.usable_authenticator(id).is_some();
    let held = person.authenticators.iter().filter(|each| usable(each.id)).count();
    Given {
        kind,
        roles: person.roles.clone(),
        groups: person.profile.groups.clone(),
        worker_type: person.profile.worker_type.clone(),
        privilege: if sponsors_privileged {
            Privilege::Sponsor
        } else if marks_out(person, named_groups) {
            Privilege::Own
        } else {
            Privilege::None
        },
        held: Held::of(held),
        contested: false,
        vouchers_in_good_standing: true,
    }
}

impl Earned {
    /// What these proofings add up to. The same voucher twice is one voucher.
    pub fn from_proofings(proofings: &[Proofing]) -> Self {
        let by = |method| proofings.iter().filter(move |proofing| proofing.method == method);
        // Whoever handed over has matched the code as well.
        let met = || by(Method::Match).chain(by(Method::Handover));
        let mut matched = Vec::new();
        for proofing in met() {
            if !matched.contains(&&proofing.voucher) {
                matched.push(&proofing.voucher);
            }
        }
        Self {
            matches: Matches::of(matched.len()),
            known_by_sight: met().any(|proofing| proofing.checklist.is_by_sight()),
            handover: by(Method::Handover).next().is_some(),
            terminal: by(Method::Terminal).next().is_some(),
            own_authenticator: by(Method::OwnAuthenticator).next().is_some(),
        }
    }
}

/// Whether a person is privileged in their own right: by a role or by a group that policy names.
pub(crate) fn marks_out(person: &Person, named_groups: &BTreeSet<String>) -> bool {
    !person.roles.is_empty() || !person.profile.groups.is_disjoint(named_groups)
}

/// Whether everybody who vouched still belongs, still stands in the relation in which they vouched,
/// and still holds the authenticator with which they signed. A voucher who was not loaded counts as
/// gone; the host has no standing to lose.
pub fn vouchers_in_good_standing(
    applicant: &Person,
    attempt: &Attempt,
    vouchers: &[Person],
) -> bool {
    attempt.proofings.iter().all(|proofing| {
        let Some(id) = proofing.person() else { return proofing.relation == Relation::Host };
        let voucher = vouchers.iter().chain([applicant]).find(|person| person.id == id);
        voucher.is_some_and(|voucher| is_in_good_standing(applicant, proofing, voucher))
    })
}

fn is_in_good_standing(applicant: &Person, proofing: &Proofing, voucher: &Person) -> bool {
    let still_stands = match proofing.relation {
        Relation::Sponsor => applicant.profile.sponsor == Some(voucher.id),
        Relation::Officer => voucher.roles.contains(&Role::Officer),
        Relation::Administrator => voucher.roles.contains(&Role::Administrator),
        Relation::Oneself => voucher.id == applicant.id,
        Relation::Host => false,
    };
    let still_signs = proofing
        .signed
        .as_ref()
        .is_some_and(|signed| voucher.usable_authenticator(signed.authenticator).is_some());
    still_stands && still_signs
}
