//! What the chosen weeks say: the funnel, the trend, the times.

use firstkey_app::{Backend, Fault};
use firstkey_ports::{Measure, Part, PartKind, Step, Took, Week};

use crate::{
    Web,
    console::chart::{Column, Columns, grouped, percent},
    fault::failure,
    page::Reader,
    problem::Problem,
    spread::{Spread, duration},
};

/// A step of the funnel.
pub(super) struct StepLine {
    pub(super) label: String,
    pub(super) number: String,
    pub(super) share: Option<u8>,
}

/// A week.
pub(super) struct WeekLine {
    pub(super) monday: String,
    pub(super) joined: String,
    pub(super) enrolled: String,
    pub(super) share: Option<u8>,
}

/// How long something took.
pub(super) struct Times {
    pub(super) title: String,
    pub(super) median: String,
    pub(super) most: String,
    pub(super) total: i64,
    pub(super) chart: Columns,
    pub(super) lines: Vec<(String, String)>,
}

/// All of it.
pub(super) struct Weeks {
    pub(super) funnel: Vec<StepLine>,
    pub(super) chart: Columns,
    pub(super) lines: Vec<WeekLine>,
    pub(super) times: Vec<Times>,
    pub(super) joined: i64,
    pub(super) enrolled: i64,
}

impl Weeks {
    /// Reads and draws so many weeks up to this one.
    pub(super) async fn of<S: Backend>(
        web: &Web<S>,
        reader: Reader,
        of: &Part,
        count: u8,
    ) -> Result<Self, Problem> {
        let now = Week::of(web.app.now());
        let from = now.back(count.saturating_sub(1));
        let found = web.app.store().weeks(of, from).await;
        let found = found.map_err(|error| failure(Fault::Store(error)))?;
        let number = |week: Option<Week>, step: Step| -> i64 {
            let is_it = |(each, measure, _): &&(Week, Measure, i64)| {
                week.is_none_or(|week| week == *each) && *measure == Measure::Reached(step)
            };
            found.iter().filter(is_it).map(|(_, _, count)| count).sum()
        };
        let (joined, enrolled) = (number(None, Step::Joined), number(None, Step::Enrolled));
        // Enrollments are counted of everybody only: a part is known of people.
        let steps: &[Step] = if of.kind == PartKind::Everybody {
            &Step::ALL
        } else {
            &[Step::Joined, Step::Enrolled, Step::Second]
        };
        let funnel = steps.iter().map(|step| StepLine {
            label: reader.get(step_message(*step)),
            number: grouped(number(None, *step)),
            share: percent(number(None, *step), joined),
        });
        let all: Vec<Week> = std::iter::successors(Some(from), |week| Some(week.next()))
            .take(count.into())
            .collect();
        let columns = all.iter().map(|week| Column {
            label: week.monday().strftime("%m-%d").to_string(),
            whole: number(Some(*week), Step::Joined),
            part: Some(number(Some(*week), Step::Enrolled)),
        });
        let lines = all.iter().rev().map(|week| {
            let (joined, enrolled) =
                (number(Some(*week), Step::Joined), number(Some(*week), Step::Enrolled));
            WeekLine {
                monday: week.to_string(),
                joined: grouped(joined),
                enrolled: grouped(enrolled),
                share: percent(enrolled, joined),
            }
        });
        let (mut joining, mut begin) = (Spread::default(), Spread::default());
        for (_, measure, count) in &found {
            match measure {
                Measure::JoiningToPasskey(took) => joining.add(*took, *count),
                Measure::BeginToPasskey(took) => begin.add(*took, *count),
                Measure::Reached(_) => {}
            }
        }
        let mut times = vec![Times::of(reader, "console-times-joining", &joining)];
        if of.kind == PartKind::Everybody {
            times.push(Times::of(reader, "console-times-begin", &begin));
        }
        Ok(Self {
            funnel: funnel.collect(),
            chart: Columns::of(&columns.collect::<Vec<_>>()),
            lines: lines.collect(),
            times,
            joined,
            enrolled,
        })
    }
}

impl Times {
    fn of(reader: Reader, title: &str, spread: &Spread) -> Self {
        let label = |range: &Took| {
            let (message, time) = range.to().map_or_else(
                || ("console-time-over", range.from()),
                |to| ("console-time-under", to),
            );
            reader.with(message, "time", duration(reader, time.as_secs()))
        };
        let columns = spread.gathered().into_iter().map(|(range, count)| Column {
            label: label(&range),
            whole: count,
            part: None,
        });
        Self {
            title: reader.get(title),
            median: spread.said(reader, 50),
            most: spread.said(reader, 90),
            total: spread.total(),
            chart: Columns::of(&columns.collect::<Vec<_>>()),
            lines: spread
                .ranges()
                .iter()
                .map(|(range, count)| (label(range), grouped(*count)))
                .collect(),
        }
    }
}

const fn step_message(step: Step) -> &'static str {
    match step {
        Step::Joined => "console-step-joined",
        Step::Invited => "console-step-invited",
        Step::Begun => "console-step-begun",
        Step::Proofed => "console-step-proofed",
        Step::Enrolled => "console-step-enrolled",
        Step::Second => "console-step-second",
    }
}
