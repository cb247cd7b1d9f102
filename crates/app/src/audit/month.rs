//! Closing the access log of a month that is over: its last checkpoint becomes a lifecycle leaf, so
//! that nobody can change, shorten or hide that month without breaking the log that is kept for ever.

use std::{collections::BTreeSet, convert::Infallible};

use firstkey_domain::{Actor, Digest};
use firstkey_ports::{LogName, ReservationKind, reserved};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{lineage::Lineage, tiles::stored};
use crate::{App, Backend, Fault, Outcome, Unit, UseCase};

/// How long after a month its log is closed: what was decided in its last moment is committed by then.
const GRACE: SignedDuration = SignedDuration::from_hours(24);

/// The kind of the leaf.
pub(super) const CLOSED: &str = "access.closed/1";

/// The leaf that closes a month.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClosedNote {
    pub kind: String,
    pub at: Timestamp,
    /// `access/YYYY-MM`.
    pub log: String,
    /// Entries in it.
    pub size: u64,
    /// The root of its tree.
    pub root: Digest,
    /// The last checkpoint, as it was signed.
    pub checkpoint: String,
}

/// Closes one month.
struct CloseMonth {
    log: LogName,
    size: u64,
    root: Digest,
    checkpoint: String,
}

impl<S: Backend> UseCase<S> for CloseMonth {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        let log = self.log.to_string();
        let once = reserved::closed_log(unit.app().keys.rows(), self.log);
        unit.reserve(ReservationKind::ClosedLog, once, Uuid::nil(), None);
        let at = unit.now();
        unit.note_lifecycle(&ClosedNote {
            kind: CLOSED.to_owned(),
            at,
            log,
            size: self.size,
            root: self.root,
            checkpoint: self.checkpoint.clone(),
        })
    }
}

/// Closes months, and remembers which are closed.
#[derive(Debug, Default)]
pub struct MonthCloser {
    closed: BTreeSet<LogName>,
}

impl MonthCloser {
    /// Closes every month that is over and signed to its end; answers with how many.
    pub async fn close_ended<S: Backend>(&mut self, app: &App<S>) -> Outcome<usize, Infallible> {
        let today = (app.now() - GRACE).to_zoned(TimeZone::UTC).date();
        let pending = app.store.logs_pending().await?;
        let mut done = 0;
        for (log, size) in app.store.logs().await? {
            let is_over = log.ended().is_some_and(|ended| ended <= today);
            if !is_over || self.closed.contains(&log) || pending.contains(&log) {
                continue;
            }
            let Some(close) = last(app, log, size).await? else { continue };
            match app.run(&close).await {
                Ok(()) => done += 1,
                // An earlier start closed it.
                Err(Fault::Spent(ReservationKind::ClosedLog)) => {}
                Err(error) => return Err(error),
            }
            self.closed.insert(log);
        }
        Ok(done)
    }
}

/// The last checkpoint of a log, once it covers every entry.
async fn last<S: Backend>(
    app: &App<S>,
    log: LogName,
    size: u64,
) -> Outcome<Option<CloseMonth>, Infallible> {
    let Some(checkpoint) = app.store.checkpoint(log).await? else { return Ok(None) };
    let corrupt = || Fault::Corrupt(format!("the checkpoint of {log}"));
    let lineage = Lineage::read(&app.store, &app.keys.log().verifier()).await;
    let opened = lineage.map_err(|_| corrupt())?.open(&checkpoint).map_err(|_| corrupt())?;
    if opened.log.log() != log {
        return Err(corrupt());
    }
    let root = stored(opened.checkpoint.root());
    Ok((opened.checkpoint.size() == size).then_some(CloseMonth { log, size, root, checkpoint }))
}
