//! One applicant of each class that a policy can tell apart.

use std::collections::BTreeSet;

use firstkey_domain::{Role, enrollment::Kind};

use crate::{
    Earned, Given, Held, Matches, Privilege, powerset::powerset, space::Space,
    vocabulary::Vocabulary,
};

/// Everything that can be earned.
pub(crate) fn earned() -> impl Iterator<Item = Earned> {
    [Matches::None, Matches::One, Matches::Several].into_iter().flat_map(|matches| {
        (0..16).map(move |bits: u8| Earned {
            matches,
            handover: bits & 1 != 0,
            terminal: bits & 2 != 0,
            own_authenticator: bits & 4 != 0,
            known_by_sight: bits & 8 != 0,
        })
    })
}

/// What else may come to be given while an applicant is at it: contested or not, and whether everybody
/// who vouched still could.
pub(crate) fn moments(vocabulary: &Vocabulary) -> impl Iterator<Item = (bool, bool)> {
    let contested = vocabulary.flag("contested");
    let lost = vocabulary.flag("vouchers_in_good_standing");
    contested.iter().flat_map(|contested| lost.iter().map(|lost| (*contested, !*lost)))
}

/// Applicants, one of each class; `None` when they are more than `limit`.
pub(crate) fn given(vocabulary: &Vocabulary, limit: usize) -> Option<Vec<Given>> {
    let roles: Vec<_> = vocabulary.roles.iter().filter_map(|name| Role::from_name(name)).collect();
    let groups: Vec<_> = vocabulary.groups.iter().cloned().collect();
    let privileges =
        if vocabulary.mentions("privileged") || vocabulary.mentions("sponsors_privileged") {
            // Without a role or group of the policy, `Own` is somebody with a role that the policy
            // does not mention.
            &[Privilege::None, Privilege::Own, Privilege::Sponsor][..]
        } else {
            &[Privilege::None]
        };
    let held = if vocabulary.mentions("holds_one") || vocabulary.mentions("holds_two") {
        &[Held::None, Held::One, Held::Several][..]
    } else {
        &[Held::None]
    };
    let plain = Given {
        kind: Kind::First,
        roles: BTreeSet::new(),
        groups: BTreeSet::new(),
        worker_type: "other".into(),
        privilege: Privilege::None,
        held: Held::None,
        contested: false,
        vouchers_in_good_standing: true,
    };
    Space::new(plain, limit)
        .vary(&[Kind::First, Kind::Additional], |given, kind| given.kind = *kind)?
        .vary(&subsets(&roles), |given, roles| given.roles.clone_from(roles))?
        .vary(&subsets(&groups), |given, groups| given.groups.clone_from(groups))?
        .vary(&worker_types(vocabulary), |given, worker| given.worker_type.clone_from(worker))?
        .vary(privileges, |given, privilege| {
            let stands_out = !given.roles.is_empty() || !given.groups.is_empty();
            let least = if stands_out { Privilege::Own } else { Privilege::None };
            given.privilege = least.max(*privilege);
        })?
        .vary(held, |given, held| given.held = *held)?
        .vary(vocabulary.flag("contested"), |given, yes| given.contested = *yes)?
        .vary(vocabulary.flag("vouchers_in_good_standing"), |given, no| {
            given.vouchers_in_good_standing = !*no;
        })
        .map(Space::all)
}

/// The worker types that the policy compares with, and one that it does not know.
fn worker_types(vocabulary: &Vocabulary) -> Vec<String> {
    let other = "other".to_owned();
    if !vocabulary.mentions("worker_type") {
        return vec![other];
    }
    vocabulary.worker_types.iter().cloned().chain([other]).collect()
}

/// All subsets of up to four; of more, none, each one, and the whole.
pub(crate) fn subsets<T: Ord + Clone>(items: &[T]) -> Vec<BTreeSet<T>> {
    if items.len() <= 4 {
        return powerset(items.iter().cloned());
    }
    let each = items.iter().map(|item| BTreeSet::from([item.clone()]));
    let whole = items.iter().cloned().collect();
    [BTreeSet::new()].into_iter().chain(each).chain([whole]).collect()
}
