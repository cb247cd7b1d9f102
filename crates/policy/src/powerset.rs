//! Every subset of a few.

use std::collections::BTreeSet;

/// Every subset, the smaller before those that it is part of.
pub(crate) fn powerset<T: Ord + Clone>(items: impl IntoIterator<Item = T>) -> Vec<BTreeSet<T>> {
    items.into_iter().fold(vec![BTreeSet::new()], |mut found, item| {
        let with = |set: &BTreeSet<T>| set.iter().chain([&item]).cloned().collect();
        let with: Vec<_> = found.iter().map(with).collect();
        found.extend(with);
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_in_or_out() {
        assert_eq!(powerset::<u8>([]), [BTreeSet::new()]);
        let of_three = powerset([1, 2, 3]);
        assert_eq!(of_three.iter().collect::<BTreeSet<_>>().len(), 8);
        assert_eq!(of_three[3], [1, 2].into());
    }
}
