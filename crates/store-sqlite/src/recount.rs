//! Counting anew, from the events, what a database from before did not count.

use std::collections::BTreeMap;

use firstkey_domain::{Event, Recorded, StreamId, enrollment::Enrollment, person::Person};
use firstkey_ports::{Figure, StoredEntry, Tally, project::Projected};
use rusqlite::{Connection, Result, params};

use crate::{figures, sql, streams::entry_at};

/// Sums over all events. They grow with weeks and parts, not with people.
#[derive(Debug, Default)]
struct Counts {
    tallies: BTreeMap<Tally, i64>,
    figures: BTreeMap<Figure, i64>,
}

/// Counts when that is due. Reads every event of people and enrollments once.
pub(crate) fn when_due(connection: &Connection) -> Result<()> {
    let is_due: bool =
        connection.prepare_cached(sql::RECOUNT_IS_DUE)?.query_row([], |row| row.get(0))?;
    if !is_due {
        return Ok(());
    }
    let mut counts = Counts::default();
    counts.streams::<Person>(connection)?;
    counts.streams::<Enrollment>(connection)?;
    counts.write(connection)?;
    connection.prepare_cached(sql::RECOUNT_DONE)?.execute([])?;
    Ok(())
}

impl Counts {
    /// Counts all streams of a kind.
    fn streams<A: Projected + Clone>(&mut self, connection: &Connection) -> Result<()> {
        let mut statement = connection.prepare_cached(sql::RECOUNT_ENTRIES)?;
        let mut stream: Option<StreamId> = None;
        let mut state: Option<A> = None;
        for entry in statement.query_map([A::KIND.name()], entry_at)? {
            let entry = entry?;
            let of = entry.stream.map(|(of, _)| of);
            if of != stream {
                (stream, state) = (of, None);
            }
            state = self.event(state, &entry);
        }
        Ok(())
    }

    /// Counts one event. What cannot be folded is not counted: `log check` names it.
    fn event<A: Projected + Clone>(&mut self, before: Option<A>, entry: &StoredEntry) -> Option<A> {
        let mut recorded: Recorded<A::Event> = serde_json::from_slice(&entry.open).ok()?;
        if let Some(sealed) = &entry.sealed {
            recorded.event.attach(&sealed.bytes).ok()?;
        }
        let after = A::evolve(before.clone(), &recorded).ok()?;
        for (tally, delta) in A::tallies(before.as_ref(), &after, recorded.at) {
            *self.tallies.entry(tally).or_default() += delta;
        }
        for (figure, delta) in A::figures(before.as_ref(), &after, recorded.at) {
            *self.figures.entry(figure).or_default() += delta;
        }
        Some(after)
    }

    fn write(self, connection: &Connection) -> Result<()> {
        connection.prepare_cached(sql::RECOUNT_FORGET_TALLIES)?.execute([])?;
        for (tally, count) in self.tallies {
            connection.prepare_cached(sql::TALLIES_MOVE)?.execute(params![tally.name(), count])?;
        }
        for (figure, count) in self.figures {
            figures::move_by(connection, &figure, count)?;
        }
        Ok(())
    }
}
