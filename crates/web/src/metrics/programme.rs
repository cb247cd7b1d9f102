//! How far people have come, what is open, what must stay zero, and how long it takes.

use std::collections::BTreeMap;

use firstkey_app::{Backend, Fault};
use firstkey_ports::{Measure, OutboxState, Part, Tally, Week};

use super::gauge::Gauge;
use crate::{Web, fault::failure, problem::Problem, spread::Spread};

/// People, by what they hold.
const PEOPLE: [(Tally, &str); 3] = [
    (Tally::People, "all"),
    (Tally::Enrolled, "one_or_more"),
    (Tally::SecondAuthenticator, "two_or_more"),
];
/// The steps of first enrollments, of people who have left since as well.
const STEPS: [(Tally, &str); 3] =
    [(Tally::Invited, "invited"), (Tally::Begun, "begun"), (Tally::Proofed, "proofed")];
/// The stages of open enrollments.
const STAGES: [(Tally, &str); 7] = [
    (Tally::AtUninvited, "uninvited"),
    (Tally::AtInvited, "invited"),
    (Tally::AtBegun, "begun"),
    (Tally::AtContested, "contested"),
    (Tally::AtProofed, "proofed"),
    (Tally::AtPass, "pass"),
    (Tally::AtVerified, "verified"),
];
/// How many weeks durations are taken from: enough people even in a small organisation, and no history.
const WEEKS: u8 = 3;
/// More dead letters than these are not counted: somebody has to look long before.
const DEAD_LETTERS: u32 = 100;

pub(super) async fn gauges<S: Backend>(web: &Web<S>) -> Result<Vec<Gauge>, Problem> {
    let unreadable = |error| failure(Fault::Store(error));
    let store = web.app.store();
    let tallies: BTreeMap<Tally, i64> =
        store.tallies().await.map_err(unreadable)?.into_iter().collect();
    let number = |tally| tallies.get(&tally).copied().unwrap_or(0);
    let each = |gauge: Gauge, label, tallies: &[(Tally, &'static str)]| {
        let add = |gauge: Gauge, (tally, word): &(Tally, &'static str)| {
            gauge.labelled(label, word, number(*tally))
        };
        tallies.iter().fold(gauge, add)
    };
    let people =
        Gauge::new("firstkey_people", "People who belong, by how many passkeys they hold.");
    let first =
        Gauge::new("firstkey_first_enrollments", "First enrollments that have come this far.");
    let stages =
        Gauge::new("firstkey_open_enrollments", "Enrollments that are open now, by stage.");
    let zero = Gauge::new(
        "firstkey_must_be_zero",
        "Counters that must stay zero; anything else is an alarm.",
    );
    let alarms = Tally::MUST_BE_ZERO.map(|tally| (tally, tally.name()));
    let dead = store.messages(OutboxState::Dead, DEAD_LETTERS).await.map_err(unreadable)?;
    let from = Week::of(web.app.now()).back(WEEKS);
    let weeks = store.weeks(&Part::everybody(), from).await.map_err(unreadable)?;
    let (mut joining, mut begin) = (Spread::default(), Spread::default());
    for (_, measure, count) in weeks {
        match measure {
            Measure::JoiningToPasskey(took) => joining.add(took, count),
            Measure::BeginToPasskey(took) => begin.add(took, count),
            Measure::Reached(_) => {}
        }
    }
    Ok(vec![
        each(people, "passkeys", &PEOPLE),
        each(first, "step", &STEPS),
        each(stages, "stage", &STAGES),
        Gauge::new("firstkey_open_attempts", "Browsers that have begun and are not done.")
            .is(number(Tally::OpenAttempts)),
        Gauge::new("firstkey_open_passes", "Passes that are open now.")
            .is(number(Tally::OpenPasses)),
        Gauge::new("firstkey_abandoned_enrollments", "Enrollments that ended without a passkey.")
            .is(number(Tally::Abandoned)),
        each(zero, "counter", &alarms),
        Gauge::new("firstkey_dead_letters", "Messages that were given up, up to 100.")
            .is(u64::try_from(dead.len()).unwrap_or(u64::MAX)),
        quantiles(
            "firstkey_joining_to_passkey_seconds",
            "From joining to the first passkey, of those made in this week and the three before.",
            &joining,
        ),
        quantiles(
            "firstkey_begin_to_passkey_seconds",
            "From Begin to the first passkey, of those made in this week and the three before.",
            &begin,
        ),
    ])
}

/// Nothing of nobody. The last range has no end, so its beginning stands for it.
fn quantiles(name: &'static str, help: &'static str, spread: &Spread) -> Gauge {
    [(50, "0.5"), (90, "0.9")].into_iter().fold(Gauge::new(name, help), |gauge, (percent, word)| {
        match spread.quantile(percent) {
            None => gauge,
            Some(seconds) => {
                let seconds = seconds.unwrap_or_else(|range| range.from().as_secs());
                gauge.labelled("quantile", word, seconds)
            }
        }
    })
}
