//! What sets people apart in figures.

use std::collections::BTreeSet;

use firstkey_domain::person::Profile;

/// By what people are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// They are not.
    Everybody,
    /// Where they work: a group of theirs that is named `site:` and something.
    Site,
    /// In which wave passkeys come to them: a group that is named `ring:` and something.
    Ring,
    /// Worker type.
    WorkerType,
    /// Department.
    Department,
}

impl PartKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Everybody, Self::Site, Self::Ring, Self::WorkerType, Self::Department];
    /// Those that tell people apart.
    pub const APART: [Self; 4] = [Self::Site, Self::Ring, Self::WorkerType, Self::Department];

    /// The word used in rows and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Site => "site",
            Self::Ring => "ring",
            Self::WorkerType => "worker_type",
            Self::Department => "department",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Some of the people: everybody, or those of one site, ring, worker type or department.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// By what they are told apart.
    pub kind: PartKind,
    /// The name of theirs; empty for everybody.
    pub name: String,
}

impl Part {
    /// All people.
    pub const fn everybody() -> Self {
        Self { kind: PartKind::Everybody, name: String::new() }
    }

    /// A part of them.
    pub fn new(kind: PartKind, name: &str) -> Self {
        Self { kind, name: name.to_owned() }
    }

    /// The parts to which somebody belongs, everybody first.
    pub fn of(profile: &Profile) -> BTreeSet<Self> {
        let named = |kind: PartKind| {
            let groups = profile.groups.iter();
            let names = groups.filter_map(move |group| group.strip_prefix(kind.name()));
            let names = names.filter_map(|rest| rest.strip_prefix(':')).map(str::trim);
            names.filter(|name| !name.is_empty()).map(move |name| Self::new(kind, name))
        };
        [Self::everybody(), Self::new(PartKind::WorkerType, &profile.worker_type)]
            .into_iter()
            .chain(profile.department.iter().map(|name| Self::new(PartKind::Department, name)))
            .chain(named(PartKind::Site))
            .chain(named(PartKind::Ring))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn sites_and_rings_are_groups_that_say_so() {
        let groups = ["site:Madrid", "ring: 2", "site:", "website:x", "staff"];
        let profile = Profile {
            sponsor: None,
            start_date: date(2026, 1, 5),
            time_zone: "Europe/Madrid".into(),
            worker_type: "employee".into(),
            department: Some("Payments".into()),
            groups: groups.into_iter().map(str::to_owned).collect(),
        };
        let parts: Vec<_> = Part::of(&profile).into_iter().collect();
        let expected = [
            Part::everybody(),
            Part::new(PartKind::Site, "Madrid"),
            Part::new(PartKind::Ring, "2"),
            Part::new(PartKind::WorkerType, "employee"),
            Part::new(PartKind::Department, "Payments"),
        ];
        assert_eq!(parts, expected);
    }
}
