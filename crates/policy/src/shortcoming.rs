//! Why an authenticator is not taken, in terms of what its holder can do about it.

use std::collections::BTreeSet;

use firstkey_domain::{Action, Attestation};

use crate::{Earned, Engine, Facts, Given, NewAuthenticator, powerset::powerset};

/// Something about an authenticator that policy holds against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shortcoming {
    /// Its key can be copied to other devices.
    Copyable,
    /// Nobody whom we know vouches for its model.
    Unattested,
    /// Something is reported against its model, or its entry in the metadata cannot be read.
    Reported,
}

impl Shortcoming {
    /// Every shortcoming.
    pub const ALL: [Self; 3] = [Self::Copyable, Self::Unattested, Self::Reported];

    /// The same authenticator without it.
    fn mend(self, new: &mut NewAuthenticator) {
        match self {
            Self::Copyable => new.device_bound = true,
            Self::Unattested => new.attestation = Attestation::Trusted,
            Self::Reported => new.listing = new.listing.without_reports(),
        }
    }
}

impl Engine {
    /// The fewest shortcomings without which policy would bind the authenticator. None when that is
    /// not enough: another model is needed, or it is not the authenticator that is refused.
    pub fn shortcomings(&self, facts: &Facts) -> BTreeSet<Shortcoming> {
        let new = facts.authenticator.as_ref();
        new.and_then(|new| self.fewest(facts, new)).unwrap_or_default()
    }

    /// The shortcomings that no authenticator of this applicant may have, however well they were met.
    /// `None` when being without them is not enough: not every model will do.
    pub fn asks_of_authenticators(&self, given: &Given) -> Option<BTreeSet<Shortcoming>> {
        let facts = Facts { given: given.clone(), earned: Earned::ALL, authenticator: None };
        self.fewest(&facts, &NewAuthenticator::PLAIN)
    }

    /// The fewest shortcomings of `new` without which policy would bind it.
    fn fewest(&self, facts: &Facts, new: &NewAuthenticator) -> Option<BTreeSet<Shortcoming>> {
        let mut sets = powerset(Shortcoming::ALL);
        sets.sort_by_key(BTreeSet::len);
        sets.into_iter().find(|set| {
            let mut mended = new.clone();
            for each in set {
                each.mend(&mut mended);
            }
            let facts = Facts { authenticator: Some(mended), ..facts.clone() };
            self.judge(&facts, Action::Bind).is_permitted()
        })
    }
}
