//! Whether an authenticator that somebody holds still suits what they are.

use firstkey_domain::{
    Action,
    enrollment::Kind,
    person::{Authenticator, Person},
};

use crate::{Decision, Earned, Engine, Facts, Given, Held, Listing, NewAuthenticator};

impl Engine {
    /// Whether policy would bind this authenticator to its holder today, beside the others that they
    /// hold and however well they were met: by a first enrollment or by an additional one.
    ///
    /// Policy was asked when it was bound. Since then the holder may have been given a role, joined a
    /// group or come to sponsor privileged people, and the model may have been revoked (rule 23).
    /// `sponsors_privileged` is as in [`crate::Surroundings`]; `listing` is what the metadata in force
    /// says of this authenticator's model now.
    pub fn would_bind(
        &self,
        holder: &Person,
        authenticator: &Authenticator,
        sponsors_privileged: bool,
        listing: Listing,
    ) -> Decision {
        let others = holder.authenticators.iter().filter(|each| {
            each.id != authenticator.id && holder.usable_authenticator(each.id).is_some()
        });
        let held = Held::of(others.count());
        let decide = |kind| {
            let given = Given { held, ..self.given(holder, kind, sponsors_privileged) };
            let authenticator = Some(NewAuthenticator::of(&authenticator.credential, listing));
            let facts = Facts { given, earned: Earned::ALL, authenticator };
            self.decide_enrollment(&facts, Action::Bind)
        };
        let first = decide(Kind::First);
        if first.is_permitted() { first } else { decide(Kind::Additional) }
    }
}
