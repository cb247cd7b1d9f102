//! How long the log is, and how much of it waits for its place.

use firstkey_app::{Backend, Fault};
use firstkey_ports::LogName;

use super::gauge::Gauge;
use crate::{Web, fault::failure, problem::Problem};

/// More entries than these are not counted: the log is far behind long before.
const WAITING: u32 = 1000;

pub(super) async fn gauges<S: Backend>(web: &Web<S>) -> Result<Vec<Gauge>, Problem> {
    let unreadable = |error| failure(Fault::Store(error));
    let store = web.app.store();
    let (mut lifecycle, mut access) = (0, 0);
    for (log, size) in store.logs().await.map_err(unreadable)? {
        match log {
            LogName::Lifecycle => lifecycle += size,
            LogName::Access { .. } => access += size,
        }
    }
    let waiting = store.pending(LogName::Lifecycle, WAITING).await.map_err(unreadable)?;
    let last = store.last_event().await.map_err(unreadable)?;
    let last_event =
        Gauge::new("firstkey_last_event_timestamp_seconds", "When the last event was committed.");
    Ok(vec![
        Gauge::new("firstkey_log_entries", "Entries that have their place in the log.")
            .labelled("log", "lifecycle", lifecycle)
            .labelled("log", "access", access),
        Gauge::new(
            "firstkey_log_waiting_entries",
            "Entries of the lifecycle log that wait for their place, up to 1000.",
        )
        .is(u64::try_from(waiting.len()).unwrap_or(u64::MAX)),
        match last {
            Some(last) => last_event.is(last.as_second()),
            None => last_event,
        },
    ])
}
