//! Weeks.

use std::{fmt, str::FromStr};

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

/// A week of seven days from Monday (ISO 8601), in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week(Date);

impl Week {
    /// The week of a time.
    pub fn of(time: Timestamp) -> Self {
        let day = time.to_zoned(TimeZone::UTC).date();
        Self(day.saturating_sub(Span::new().days(day.weekday().to_monday_zero_offset())))
    }

    /// Its Monday.
    pub const fn monday(self) -> Date {
        self.0
    }

    /// The week so many weeks earlier.
    #[must_use]
    pub fn back(self, weeks: u8) -> Self {
        Self(self.0.saturating_sub(Span::new().weeks(weeks)))
    }

    /// The week after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(Span::new().weeks(1)))
    }
}

/// As in rows: its Monday, `2026-03-30`.
impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Week {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday_at_midnight_utc() {
        for (time, monday) in [
            ("2026-03-30T00:00:00Z", "2026-03-30"),
            ("2026-04-05T23:59:59Z", "2026-03-30"),
            ("2026-04-06T01:30:00+02:00", "2026-03-30"),
            ("2026-01-01T12:00:00Z", "2025-12-29"),
        ] {
            let week = Week::of(time.parse().unwrap());
            assert_eq!(week.to_string(), monday, "{time}");
            assert_eq!(monday.parse::<Week>().unwrap(), week);
        }
        let week: Week = "2026-01-05".parse().unwrap();
        assert_eq!(week.back(2).next().to_string(), "2025-12-29");
    }
}
