//! Rule 2: whether a change of what is given of an applicant makes policy ask for less.

use firstkey_domain::Action;

use crate::{Earned, Engine, Facts, Given, NewAuthenticator, Step, cases, plan::candidates};

impl Engine {
    /// The first case in which policy permits after a change what it did not permit before: a set of
    /// steps that is enough for a pass, or a class of authenticator that may be bound after them.
    /// `None` when policy asks for at least as much. Both are of the same kind of enrollment.
    ///
    /// The space is finite, and small for one applicant: every set of steps of the kind, every class
    /// of authenticator that the policy tells apart, one browser or more, vouchers still good or not.
    pub fn weakens(&self, before: &Given, after: &Given) -> Option<(Action, Facts)> {
        if before == after {
            return None;
        }
        let words = &self.loaded.vocabulary;
        let steps = Step::of_kind(after.kind);
        let earned = candidates(Earned::default(), steps).into_iter().map(|(_, earned)| earned);
        let earned: Vec<_> = earned.collect();
        let authenticators = &self.loaded.authenticators;
        cases::moments(words).find_map(|(contested, vouchers_in_good_standing)| {
            let at =
                |given: &Given| Given { contested, vouchers_in_good_standing, ..given.clone() };
            let (before, after) = (at(before), at(after));
            earned.iter().find_map(|earned| {
                self.newly_permits(&before, &after, *earned, Action::Mint, None).or_else(|| {
                    authenticators.iter().find_map(|new| {
                        self.newly_permits(&before, &after, *earned, Action::Bind, Some(new))
                    })
                })
            })
        })
    }

    fn newly_permits(
        &self,
        before: &Given,
        after: &Given,
        earned: Earned,
        action: Action,
        authenticator: Option<&NewAuthenticator>,
    ) -> Option<(Action, Facts)> {
        let facts = |given: &Given| Facts {
            given: given.clone(),
            earned,
            authenticator: authenticator.cloned(),
        };
        let is_permitted = |facts: &Facts| self.judge(facts, action).is_permitted();
        let now = facts(after);
        (is_permitted(&now) && !is_permitted(&facts(before))).then_some((action, now))
    }
}
