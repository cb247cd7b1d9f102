//! Who may vouch for whom, and what is recorded of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Attempt, Checklist, Enrollment};
use crate::{Actor, AuthenticatorId, PersonId, Role, challenge::Signed, person::Person};

/// How the voucher knew which browser was in front of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The voucher typed the code from the applicant's screen. Relayable: a caller could pass it on.
    Match,
    /// The applicant took the address from the voucher's screen, and then the match was made.
    Handover,
    /// Somebody with a shell on the host typed the code.
    Terminal,
    /// The person themselves, with an authenticator they already hold.
    OwnAuthenticator,
}

impl Method {
    /// Whether somebody in the middle could have relayed it to another browser.
    pub const fn is_relayable(self) -> bool {
        matches!(self, Self::Match)
    }
}

/// Why somebody may vouch for an applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The applicant reference of SP 800-63A-4 §3.15.3, usually the manager.
    Sponsor,
    /// Help-desk or identity staff.
    Officer,
    /// Whoever configures Firstkey.
    Administrator,
    /// The person themselves, adding another authenticator.
    Oneself,
    /// Somebody with a shell on the host.
    Host,
}

/// Somebody who stands in a relation to the applicant that lets them vouch.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Voucher {
    actor: Actor,
    relation: Relation,
    /// Rule 2: they changed whom we trust.
    is_barred: bool,
    /// The authenticators that may sign for them now.
    authenticators: Vec<AuthenticatorId>,
}

impl Voucher {
    /// Finds the relation in which `voucher` may vouch for `applicant`, if there is one.
    ///
    /// `own` is the voucher's newest enrollment: nobody vouches for whoever vouches for them at
    /// the same time (rule 3). Nobody vouches with authenticators that are all suspended, nor for
    /// somebody who left.
    pub fn person(
        applicant: &Person,
        enrollment: &Enrollment,
        voucher: &Person,
        own: Option<&Enrollment>,
    ) -> Option<Self> {
        let authenticators: Vec<_> = voucher
            .authenticators
            .iter()
            .map(|each| each.id)
            .filter(|id| voucher.usable_authenticator(*id).is_some())
            .collect();
        if enrollment.person != applicant.id || !applicant.is_active() || authenticators.is_empty()
        {
            return None;
        }
        let relation = if voucher.id == applicant.id {
            // First-day proofing by oneself would be no proofing at all.
            enrollment.kind.is_own_act().then_some(Relation::Oneself)?
        } else if enrollment.kind.is_own_act()
            || own.is_some_and(|own| own.was_vouched_by(applicant.id))
        {
            return None;
        } else if applicant.profile.sponsor == Some(voucher.id) {
            Relation::Sponsor
        } else if voucher.roles.contains(&Role::Officer) {
            Relation::Officer
        } else if voucher.roles.contains(&Role::Administrator) {
            Relation::Administrator
        } else {
            return None;
        };
        Some(Self {
            actor: Actor::Person(voucher.id),
            relation,
            is_barred: applicant.barred.contains(&voucher.id),
            authenticators,
        })
    }

    /// Somebody with a shell on the host, by the operating system's user name.
    pub const fn host(user: String) -> Self {
        Self {
            actor: Actor::Host(user),
            relation: Relation::Host,
            is_barred: false,
            authenticators: Vec::new(),
        }
    }

    /// Whether they changed whom we trust, and so may not vouch (rule 2).
    pub const fn is_barred(&self) -> bool {
        self.is_barred
    }

    /// Whether it is theirs and may be used now.
    pub(super) fn holds(&self, authenticator: AuthenticatorId) -> bool {
        self.authenticators.contains(&authenticator)
    }

    /// Who it is.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Why they may vouch.
    pub const fn relation(&self) -> Relation {
        self.relation
    }

    /// Whether they meet somebody else, face to face or by a call: neither the applicant nor the host.
    pub const fn meets(&self) -> bool {
        matches!(self.relation, Relation::Sponsor | Relation::Officer | Relation::Administrator)
    }

    /// The method by which this voucher's match of the attempt counts: a handover, if the attempt was
    /// upgraded from their own screen.
    pub fn method(&self, attempt: &Attempt) -> Method {
        match self.relation {
            Relation::Sponsor | Relation::Officer | Relation::Administrator => {
                let person = self.actor.person();
                let is_handed_over = person.is_some_and(|it| attempt.was_handed_over_by(it));
                if is_handed_over { Method::Handover } else { Method::Match }
            }
            Relation::Oneself => Method::OwnAuthenticator,
            Relation::Host => Method::Terminal,
        }
    }
}

/// Evidence that the applicant is the person. It claims no identity assurance level: a voucher's
/// word meets no clause of SP 800-63A-4 unless evidence records say so (rule 6).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proofing {
    /// How.
    pub method: Method,
    /// By whom.
    pub voucher: Actor,
    /// Why they may vouch.
    pub relation: Relation,
    /// What they confirmed.
    pub checklist: Checklist,
    /// Their signature; none for the terminal, whose evidence is `host:<user>`.
    pub signed: Option<Signed>,
    /// When.
    pub at: Timestamp,
}

impl Proofing {
    /// The voucher, when it was a person.
    pub const fn person(&self) -> Option<PersonId> {
        self.voucher.person()
    }

    /// Whether this voucher may meet the applicant by this method as well. Nobody counts twice; but
    /// whoever only matched before may do better, and hand over.
    pub(super) fn leaves_room_for(&self, voucher: &Actor, method: Method) -> bool {
        self.voucher != *voucher || (self.method == Method::Match && method == Method::Handover)
    }
}
