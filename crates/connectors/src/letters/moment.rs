//! Moments in words, in the reader's own time zone.

use firstkey_texts::Texts;
use jiff::{Timestamp, tz::TimeZone};

/// A moment to the minute, with its zone: “3 April 2026, 17:00 (Europe/Madrid)”. A zone that is not
/// known any more is told in UTC.
pub(super) fn moment(texts: &Texts, at: Timestamp, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    texts.moment("letter-moment", &at.to_zoned(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_where_the_reader_is() {
        let texts = Texts::for_language("en");
        let at = "2026-04-30T22:30:00Z".parse().unwrap();
        assert_eq!(moment(texts, at, "Europe/Madrid"), "1 May 2026, 00:30 (Europe/Madrid)");
        assert_eq!(moment(texts, at, "Mars/Olympus"), "30 April 2026, 22:30 (UTC)");
    }
}
