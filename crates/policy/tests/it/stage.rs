//! Applicants to ask about.

use std::{collections::BTreeSet, sync::LazyLock};

use firstkey_domain::{Attestation, Role, enrollment::Kind};
use firstkey_policy::{
    DEFAULT, Earned, Engine, Facts, Given, Held, Listing, Matches, Model, NewAuthenticator,
    Privilege,
};
use uuid::Uuid;

/// The policy that ships.
pub(crate) static SHIPPED: LazyLock<Engine> =
    LazyLock::new(|| Engine::load(DEFAULT).expect("it ships"));

/// A joiner with no special rights, whom nobody has met.
pub(crate) fn joiner() -> Facts {
    Facts {
        given: Given {
            kind: Kind::First,
            roles: BTreeSet::new(),
            groups: BTreeSet::new(),
            worker_type: "employee".into(),
            privilege: Privilege::None,
            held: Held::None,
            contested: false,
            vouchers_in_good_standing: true,
        },
        earned: Earned::default(),
        authenticator: None,
    }
}

/// A joiner who will sponsor an administrator.
pub(crate) fn privileged() -> Facts {
    let mut facts = joiner();
    facts.given.privilege = Privilege::Sponsor;
    facts
}

/// A joiner who holds the administrator's role.
pub(crate) fn administrator() -> Facts {
    let mut facts = joiner();
    facts.given.privilege = Privilege::Own;
    facts.given.roles = [Role::Administrator].into();
    facts
}

/// Somebody with one passkey who adds another.
pub(crate) fn subscriber() -> Facts {
    let mut facts = joiner();
    facts.given.kind = Kind::Additional;
    facts.given.held = Held::One;
    facts
}

pub(crate) const MATCHED: Earned = Earned { matches: Matches::One, ..NOTHING };
/// Matched by somebody who knew them.
pub(crate) const KNOWN: Earned = Earned { known_by_sight: true, ..MATCHED };
pub(crate) const MATCHED_TWICE: Earned = Earned { matches: Matches::Several, ..NOTHING };
pub(crate) const HANDED_OVER: Earned = Earned { handover: true, ..NOTHING };
pub(crate) const AT_TERMINAL: Earned = Earned { terminal: true, ..NOTHING };
pub(crate) const OWN: Earned = Earned { own_authenticator: true, ..NOTHING };
pub(crate) const NOTHING: Earned = Earned {
    matches: Matches::None,
    known_by_sight: false,
    handover: false,
    terminal: false,
    own_authenticator: false,
};

pub(crate) const SYNCED: NewAuthenticator = NewAuthenticator {
    device_bound: false,
    attestation: Attestation::None,
    model: Model::Unknown,
    transports: BTreeSet::new(),
    listing: Listing::Unlisted,
};
/// The model of [`SECURITY_KEY`].
pub(crate) const AAGUID: Uuid = Uuid::from_u128(0xee88_2879_721c_4913_9775_3dfc_ce97_072a);
pub(crate) const SECURITY_KEY: NewAuthenticator = NewAuthenticator {
    device_bound: true,
    attestation: Attestation::Trusted,
    model: Model::Named(AAGUID),
    transports: BTreeSet::new(),
    listing: Listing::Unlisted,
};
