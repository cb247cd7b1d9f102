//! How long something took, to one of a few ranges: enough to say a median, and as few rows as weeks
//! have.

use jiff::SignedDuration;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Where one range ends and the next begins, in seconds. Never edited: rows hold the ranges by number.
const EDGES: [i64; 25] = [
    30,
    MINUTE,
    2 * MINUTE,
    3 * MINUTE,
    5 * MINUTE,
    7 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    20 * MINUTE,
    30 * MINUTE,
    45 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    DAY,
    2 * DAY,
    3 * DAY,
    5 * DAY,
    7 * DAY,
    14 * DAY,
    21 * DAY,
    30 * DAY,
    60 * DAY,
    90 * DAY,
];

/// A range of durations, shorter ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Took(u8);

impl Took {
    /// The range of a duration. One that would be negative took no time.
    pub fn of(duration: SignedDuration) -> Self {
        let seconds = duration.as_secs();
        let index = EDGES.iter().take_while(|edge| **edge <= seconds).count();
        Self(u8::try_from(index).unwrap_or(u8::MAX))
    }

    /// Its number, from zero.
    pub const fn index(self) -> u8 {
        self.0
    }

    /// The range with this number.
    pub fn from_index(index: u8) -> Option<Self> {
        (usize::from(index) <= EDGES.len()).then_some(Self(index))
    }

    /// From how long; its own shortest duration is in it.
    pub fn from(self) -> SignedDuration {
        let before = usize::from(self.0).checked_sub(1);
        let edge = before.and_then(|before| EDGES.get(before)).copied().unwrap_or(0);
        SignedDuration::from_secs(edge)
    }

    /// Up to how long, which is not in it any more; `None` for the last.
    pub fn to(self) -> Option<SignedDuration> {
        EDGES.get(usize::from(self.0)).copied().map(SignedDuration::from_secs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_duration_is_in_its_range() {
        for seconds in [-5, 0, 29, 30, 59, 60, 3599, 3600, 90 * DAY - 1, 90 * DAY, i64::MAX] {
            let took = Took::of(SignedDuration::from_secs(seconds));
            let from = took.from().as_secs();
            let to = took.to().map_or(i64::MAX, |to| to.as_secs());
            assert!(seconds < 0 || from <= seconds, "{seconds}");
            assert!(seconds < to || seconds == i64::MAX, "{seconds}");
            assert_eq!(Took::from_index(took.index()), Some(took));
        }
        assert_eq!(Took::from_index(26), None);
    }

    #[test]
    fn ranges_follow_each_other() {
        let all: Vec<_> = (0..26).filter_map(Took::from_index).collect();
        assert!(all.windows(2).all(|two| two[0].to() == Some(two[1].from())));
        assert_eq!(all.last().unwrap().to(), None);
    }
}
