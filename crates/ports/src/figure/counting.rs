//! How a change moves the figures. Pure, like the counters', so that `log check` counts again.

use std::collections::BTreeMap;

use firstkey_domain::{
    PersonId,
    enrollment::{Enrollment, EnrollmentEnd, Kind, Milestone, Phase},
    person::Person,
};
use jiff::Timestamp;

use super::{Figure, Holding, Measure, Part, Step, Took, Week};

type Moves = Vec<(Figure, i64)>;

/// When somebody joined: an id is made in the moment of joining, and its first 48 bits are that moment
/// in milliseconds (RFC 9562 §5.7). `None` of an id that was not made by us.
fn joined(person: PersonId) -> Option<Timestamp> {
    let (seconds, nanoseconds) = person.uuid().get_timestamp()?.to_unix();
    Timestamp::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?).ok()
}

/// How a person's change at `at` moves the figures.
pub(crate) fn of_person(old: Option<&Person>, new: &Person, at: Timestamp) -> Moves {
    let mut moves = differences(old.map(person_now).unwrap_or_default(), person_now(new));
    // The last passkey cannot be removed, so that nobody comes to a first one twice.
    let is_first = old.is_some_and(|old| !old.is_enrolled()) && new.is_enrolled();
    if let Some(joined) = joined(new.id).filter(|_| is_first) {
        let measure = Measure::JoiningToPasskey(Took::of(at.duration_since(joined)));
        let week = Week::of(at);
        let parts = Part::of(&new.profile).into_iter();
        moves.extend(parts.map(|of| (Figure::Weekly { of, week, measure }, 1)));
    }
    moves
}

/// Everything in which somebody counts as they are.
fn person_now(person: &Person) -> BTreeMap<Figure, i64> {
    let held = person.authenticators.len();
    let reached = [(Step::Joined, true), (Step::Enrolled, held > 0), (Step::Second, held > 1)];
    let holdings = [(Holding::Any, true), (Holding::One, held > 0), (Holding::Two, held > 1)];
    let week = joined(person.id).map(Week::of);
    let mut figures = BTreeMap::new();
    for (number, of) in Part::of(&person.profile).into_iter().enumerate() {
        for (step, _) in reached.iter().filter(|(_, is_so)| *is_so) {
            let measure = Measure::Reached(*step);
            let weekly = week.map(|week| Figure::Weekly { of: of.clone(), week, measure });
            figures.extend(weekly.map(|figure| (figure, 1)));
        }
        // Everybody comes first, and is counted by tallies.
        let is_apart = number > 0;
        for (holding, is_so) in holdings {
            if is_apart && is_so && person.is_active() {
                figures.insert(Figure::Now { of: of.clone(), holding }, 1);
            }
        }
    }
    figures
}

/// How an enrollment's change at `at` moves the figures.
pub(crate) fn of_enrollment(old: Option<&Enrollment>, new: &Enrollment, at: Timestamp) -> Moves {
    let before = old.map(enrollment_now).unwrap_or_default();
    let mut moves = differences(before, enrollment_now(new));
    moves.extend(old.and_then(|old| began(old, new)).map(|began| {
        let measure = Measure::BeginToPasskey(Took::of(at.duration_since(began)));
        (Figure::Weekly { of: Part::everybody(), week: Week::of(at), measure }, 1)
    }));
    moves
}

/// How far a first enrollment has brought somebody, in the week in which they joined.
fn enrollment_now(enrollment: &Enrollment) -> BTreeMap<Figure, i64> {
    let is_in_vain = matches!(
        &enrollment.phase,
        Phase::Closed { reason, .. } if *reason != EnrollmentEnd::Bound
    );
    let week = joined(enrollment.person).map(Week::of);
    let Some(week) = week.filter(|_| enrollment.kind == Kind::First && !is_in_vain) else {
        return BTreeMap::new();
    };
    [
        (Step::Invited, Milestone::Invited),
        (Step::Begun, Milestone::Begun),
        (Step::Proofed, Milestone::Proofed),
    ]
    .into_iter()
    .filter(|(_, milestone)| enrollment.milestone >= *milestone)
    .map(|(step, _)| {
        let measure = Measure::Reached(step);
        (Figure::Weekly { of: Part::everybody(), week, measure }, 1)
    })
    .collect()
}

/// When Begin was pressed on the device that has just won a first enrollment.
fn began(old: &Enrollment, new: &Enrollment) -> Option<Timestamp> {
    let (Phase::Open(running), Phase::Closed { winner: Some(winner), .. }) =
        (&old.phase, &new.phase)
    else {
        return None;
    };
    let attempt = running.attempts.iter().find(|attempt| attempt.id == winner.attempt);
    attempt.filter(|_| new.kind == Kind::First).map(|attempt| attempt.began)
}

fn differences(old: BTreeMap<Figure, i64>, new: BTreeMap<Figure, i64>) -> Moves {
    let mut moved = new;
    for (figure, count) in old {
        *moved.entry(figure).or_default() -= count;
    }
    moved.into_iter().filter(|(_, delta)| *delta != 0).collect()
}
