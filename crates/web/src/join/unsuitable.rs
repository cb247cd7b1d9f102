//! A passkey that policy does not take: what to try next, and what its device is told.

use std::collections::BTreeSet;

use firstkey_app::{App, Backend, enrolling::Unsuitable};
use firstkey_policy::Shortcoming;

use crate::problem::{Kind, Problem};

/// One that was made, and that policy takes no longer. The page tells its device to drop it.
pub(super) fn dropped<S: Backend>(app: &App<S>, dropped: &Unsuitable) -> Problem {
    let kind = unsuitable(&dropped.shortcomings);
    Problem::new(kind).telling(app.unknown_credential(&dropped.credential))
}

/// The shortcoming that tells most about what to try next: another model has another key as well, and
/// an attested key is one that stays where it is.
pub(super) fn unsuitable(shortcomings: &BTreeSet<Shortcoming>) -> Kind {
    let kinds = [
        (Shortcoming::Reported, Kind::ModelReported),
        (Shortcoming::Unattested, Kind::ModelUnattested),
        (Shortcoming::Copyable, Kind::ModelCopyable),
    ];
    let first = kinds.into_iter().find(|(each, _)| shortcomings.contains(each));
    first.map_or(Kind::Model, |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_shortcomings_the_one_that_tells_what_to_try_is_told() {
        use Shortcoming::{Copyable, Reported, Unattested};
        for (shortcomings, kind) in [
            (&[][..], Kind::Model),
            (&[Copyable], Kind::ModelCopyable),
            (&[Unattested], Kind::ModelUnattested),
            (&[Copyable, Unattested], Kind::ModelUnattested),
            (&[Copyable, Reported], Kind::ModelReported),
            (&[Unattested, Reported], Kind::ModelReported),
        ] {
            assert_eq!(unsuitable(&shortcomings.iter().copied().collect()), kind);
        }
    }
}
