//! What the metadata in force says of a model.

use serde::{Deserialize, Serialize};

/// How a model stands in the metadata in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listing {
    /// It is not in there, or no metadata was imported: nothing is known for or against it.
    Unlisted,
    /// It has an entry that could not be read: it may be revoked or not. So whatever can be said
    /// against a model counts as said of this one, and nothing that can be said for it.
    SetAside,
    /// This is known.
    Listed(ModelFacts),
}

/// What is known of a listed model. What its maker reports of one batch or firmware counts for the
/// model.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any may hold")]
pub struct ModelFacts {
    /// Not to be trusted for any reason.
    pub revoked: bool,
    /// Some weakness is known.
    pub compromised: bool,
    /// Given up by its maker.
    pub retired: bool,
    /// Its maker announced an update, which this authenticator may have or not.
    pub update_available: bool,
    /// How far it is certified by the FIDO Alliance.
    pub certified: Option<Certified>,
    /// It can verify its user by a finger, a face or another part of the body. What was done at a
    /// ceremony is not known: most such models take a PIN instead.
    pub verifies_by_biometric: bool,
    /// It can verify its user by a PIN that is entered on the authenticator itself, and not through
    /// the computer beside it.
    pub verifies_by_pin_inside: bool,
}

/// A level of certification. `L1plus` and the like count as the level that they go beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certified {
    /// Level 1: it resists attacks from afar.
    L1,
    /// Level 2: also malware on the device that it is part of.
    L2,
    /// Level 3: also whoever holds it in hand.
    L3,
}

/// Something that policies may ask about a listing.
pub(crate) struct Fact {
    /// Its name in the schema.
    pub(crate) name: &'static str,
    /// Whether it is so.
    pub(crate) holds: fn(Listing) -> bool,
    /// The model of which it is so, being otherwise the same.
    pub(crate) set: fn(ModelFacts) -> ModelFacts,
}

macro_rules! flag {
    ($fact:ident, $speaks:ident) => {
        Fact {
            name: stringify!($fact),
            holds: |listing| listing.$speaks(|model| model.$fact),
            set: |model| ModelFacts { $fact: true, ..model },
        }
    };
}

macro_rules! certified {
    ($name:literal, $level:ident) => {
        Fact {
            name: $name,
            holds: |listing| listing.is_certified(Certified::$level),
            set: |model| {
                let certified = model.certified.max(Some(Certified::$level));
                ModelFacts { certified, ..model }
            },
        }
    };
}

/// What policies may ask, by the names of the schema.
pub(crate) const FACTS: [Fact; 10] = [
    Fact {
        name: "listed",
        holds: |listing| matches!(listing, Listing::Listed(_)),
        set: |model| model,
    },
    flag!(revoked, speaks_against),
    flag!(compromised, speaks_against),
    flag!(retired, speaks_against),
    flag!(update_available, speaks_against),
    certified!("certified_l1", L1),
    certified!("certified_l2", L2),
    certified!("certified_l3", L3),
    flag!(verifies_by_biometric, speaks_for),
    flag!(verifies_by_pin_inside, speaks_for),
];

impl Listing {
    fn speaks_against(self, is_so: impl Fn(&ModelFacts) -> bool) -> bool {
        match self {
            Self::Unlisted => false,
            Self::SetAside => true,
            Self::Listed(model) => is_so(&model),
        }
    }

    fn speaks_for(self, is_so: impl Fn(&ModelFacts) -> bool) -> bool {
        matches!(self, Self::Listed(model) if is_so(&model))
    }

    fn is_certified(self, level: Certified) -> bool {
        self.speaks_for(|model| model.certified >= Some(level))
    }

    /// The same, if nothing were reported against the model.
    pub(crate) const fn without_reports(self) -> Self {
        match self {
            Self::Unlisted | Self::SetAside => Self::Unlisted,
            Self::Listed(model) => Self::Listed(ModelFacts {
                revoked: false,
                compromised: false,
                retired: false,
                update_available: false,
                ..model
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(listing: Listing) -> Vec<&'static str> {
        FACTS.into_iter().filter(|fact| (fact.holds)(listing)).map(|fact| fact.name).collect()
    }

    #[test]
    fn of_what_cannot_be_read_the_worst_is_believed() {
        assert_eq!(
            said(Listing::SetAside),
            ["revoked", "compromised", "retired", "update_available"]
        );
        assert!(said(Listing::Unlisted).is_empty());
    }

    #[test]
    fn a_level_includes_those_below() {
        let certified = |certified| said(Listing::Listed(ModelFacts { certified, ..PLAIN }));
        assert_eq!(certified(None), ["listed"]);
        assert_eq!(certified(Some(Certified::L1)), ["listed", "certified_l1"]);
        assert_eq!(certified(Some(Certified::L2)), ["listed", "certified_l1", "certified_l2"]);
        assert_eq!(certified(Some(Certified::L3)).len(), 4);
    }

    const PLAIN: ModelFacts = ModelFacts {
        revoked: false,
        compromised: false,
        retired: false,
        update_available: false,
        certified: None,
        verifies_by_biometric: false,
        verifies_by_pin_inside: false,
    };
}
