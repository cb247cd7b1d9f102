//! Times, in a form that no reader takes for another: year, month, day, and UTC.

use std::fmt;

use jiff::Timestamp;

/// A time as pages show it: `2026-03-31 08:15 UTC`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment(pub(super) Timestamp);

impl Moment {
    /// For the `datetime` attribute, to the second.
    pub(super) fn iso(self) -> String {
        self.0.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m-%d %H:%M UTC"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_to_the_minute_and_marked_up_to_the_second() {
        let moment = Moment("2026-03-31T08:15:42.5Z".parse().unwrap());
        assert_eq!(moment.to_string(), "2026-03-31 08:15 UTC");
        assert_eq!(moment.iso(), "2026-03-31T08:15:42Z");
    }
}
