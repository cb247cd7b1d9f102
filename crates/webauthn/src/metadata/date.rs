//! Days, as ISO 8601 writes them.

use core::fmt;
use std::time::{Duration, SystemTime};

const DAY: Duration = Duration::from_secs(86_400);

/// A day of the Gregorian calendar since 1970, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2026-09-01`.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse::<u16>().ok())?
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let exists = year >= 1970
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && parts.next().is_none();
        exists.then_some(Self { year, month, day })
    }

    /// Its first moment.
    pub fn begins(self) -> SystemTime {
        SystemTime::UNIX_EPOCH + DAY * self.days_since_1970()
    }

    /// The first moment after it.
    pub fn ends(self) -> SystemTime {
        self.begins() + DAY
    }

    /// At most three million, for the year 9999.
    fn days_since_1970(self) -> u32 {
        let years: u32 = (1970..self.year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
        let months: u32 = (1..self.month).map(|month| u32::from(days_in(self.year, month))).sum();
        years + months + u32::from(self.day) - 1
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// As it is read.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let seconds = |text: &str| {
            let begins = Date::from_text(text).unwrap().begins();
            begins.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
        };
        assert_eq!(seconds("1970-01-01"), 0);
        assert_eq!(seconds("2000-03-01"), 951_868_800);
        assert_eq!(seconds("2024-02-29"), 1_709_164_800);
        assert_eq!(seconds("2026-09-01"), 1_788_220_800);
        assert_eq!(Date::from_text("2026-09-01").unwrap().to_string(), "2026-09-01");
    }

    #[test]
    fn only_days_that_exist_are_read() {
        for text in [
            "2023-02-29",
            "2100-02-29",
            "2023-13-01",
            "2023-00-01",
            "2023-04-31",
            "2023-01-00",
            "2023-1-01",
            "+023-01-01",
            "2023-01-01T00:00:00Z",
            "1969-12-31",
            "2023-01",
            "",
            "2023-01-01-01",
            " 2023-01-01",
        ] {
            assert_eq!(Date::from_text(text), None, "{text}");
        }
    }
}
