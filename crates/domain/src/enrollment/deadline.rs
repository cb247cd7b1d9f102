//! Ends computed from times that may come from a feed.

use jiff::{SignedDuration, Timestamp};

/// The moment `lifetime` after `from`, or the last moment there is: a start date in the year 9999
/// is wrong, and still no reason to stop.
pub(super) fn after(from: Timestamp, lifetime: SignedDuration) -> Timestamp {
    from.checked_add(lifetime).unwrap_or(Timestamp::MAX)
}
