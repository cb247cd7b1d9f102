//! Whether it matters to policy what an authenticator proves about itself.

use std::collections::HashMap;

use firstkey_domain::Action;

use crate::{Engine, Facts, Listing};

impl Engine {
    /// Whether policy could decide otherwise about an authenticator of this applicant for what its
    /// attestation tells: whether it attests, which model it is, and what metadata says of the model.
    /// `is_listing` is whether any metadata is in force; without it nothing is said of any model.
    ///
    /// Where it is false there is no need to ask for attestation, and a browser does not ask the
    /// applicant whether make and model of their security key may be shown.
    pub fn heeds_attestation(&self, facts: &Facts, is_listing: bool) -> bool {
        let question = (self.told_apart(facts), is_listing);
        self.loaded.known.heeding.recall(
            question,
            |_| true,
            |(facts, is_listing)| self.would_heed_attestation(facts, *is_listing),
        )
    }

    fn would_heed_attestation(&self, facts: &Facts, is_listing: bool) -> bool {
        let mut decided = HashMap::new();
        let possible = self.loaded.authenticators.iter();
        let mut possible = possible.filter(|new| is_listing || new.listing == Listing::Unlisted);
        possible.any(|new| {
            let facts = Facts { authenticator: Some(new.clone()), ..facts.clone() };
            let permitted = self.judge(&facts, Action::Bind).is_permitted();
            // What is known of it either way.
            let known = (new.device_bound, &new.transports);
            *decided.entry(known).or_insert(permitted) != permitted
        })
    }
}
