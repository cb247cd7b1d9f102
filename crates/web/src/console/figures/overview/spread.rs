//! How long something took, of many: median, and what nine of ten stayed below.

use firstkey_ports::Took;

use crate::page::Reader;

/// How many took how long, by range.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Spread(Vec<(Took, i64)>);

impl Spread {
    /// Adds so many.
    pub(super) fn add(&mut self, took: Took, count: i64) {
        match self.0.iter_mut().find(|(range, _)| *range == took) {
            Some((_, sum)) => *sum += count,
            None => self.0.push((took, count)),
        }
        self.0.sort_unstable_by_key(|(range, _)| *range);
    }

    /// How many there are.
    pub(super) fn total(&self) -> i64 {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// The ranges from the first to the last that have any, and those between.
    pub(super) fn ranges(&self) -> Vec<(Took, i64)> {
        let (Some((first, _)), Some((last, _))) = (self.0.first(), self.0.last()) else {
            return Vec::new();
        };
        let all = (first.index()..=last.index()).filter_map(Took::from_index);
        all.map(|range| {
            let count = self.0.iter().find(|(each, _)| *each == range).map_or(0, |each| each.1);
            (range, count)
        })
        .collect()
    }

    /// How long it took at most for so many in a hundred, in seconds: right to the range, and within it
    /// as if they lay evenly. `Err` is the last range, which has no end. `None` of nobody.
    pub(super) fn quantile(&self, percent: i64) -> Option<Result<i64, Took>> {
        let total = self.total();
        let wanted = (total * percent + 99) / 100;
        let mut before = 0;
        for (range, count) in self.0.iter().filter(|(_, count)| *count > 0) {
            if before + count >= wanted {
                let from = range.from().as_secs();
                let Some(to) = range.to() else { return Some(Err(*range)) };
                return Some(Ok(from + (to.as_secs() - from) * (wanted - before) / count));
            }
            before += count;
        }
        None
    }

    /// The same in words.
    pub(super) fn said(&self, reader: Reader, percent: i64) -> String {
        match self.quantile(percent) {
            None => reader.get("console-time-none"),
            Some(Ok(seconds)) => duration(reader, seconds),
            Some(Err(range)) => {
                reader.with("console-time-over", "time", duration(reader, range.from().as_secs()))
            }
        }
    }
}

/// A duration in the unit in which people would say it.
pub(super) fn duration(reader: Reader, seconds: i64) -> String {
    let (message, unit) = match seconds {
        ..120 => ("console-time-seconds", 1),
        120..7200 => ("console-time-minutes", 60),
        7200..172_800 => ("console-time-hours", 3600),
        _ => ("console-time-days", 86_400),
    };
    reader.with(message, "count", ((seconds + unit / 2) / unit).to_string())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn spread(seconds: &[i64]) -> Spread {
        let mut spread = Spread::default();
        for each in seconds {
            spread.add(Took::of(SignedDuration::from_secs(*each)), 1);
        }
        spread
    }

    #[test]
    fn quantiles_are_right_to_the_range() {
        // Ranges that hold these: 60 to 120 s, 180 to 300 s, 3600 to 7200 s.
        let spread = spread(&[70, 80, 90, 200, 4000]);
        assert_eq!(spread.quantile(50), Some(Ok(120)));
        assert_eq!(spread.quantile(80), Some(Ok(300)));
        assert_eq!(spread.quantile(90), Some(Ok(7200)));
        assert_eq!(Spread::default().quantile(50), None);
    }

    #[test]
    fn within_a_range_they_lie_evenly() {
        let spread = spread(&[60, 60, 60, 60]);
        assert_eq!(spread.quantile(25), Some(Ok(75)));
        assert_eq!(spread.quantile(50), Some(Ok(90)));
    }

    #[test]
    fn what_has_no_end_is_said_to_have_none() {
        let spread = spread(&[200 * 86_400]);
        let last = Took::from_index(25).unwrap();
        assert_eq!(spread.quantile(50), Some(Err(last)));
    }

    #[test]
    fn ranges_without_any_are_shown_between_others() {
        let spread = spread(&[10, 130]);
        let counts: Vec<_> = spread.ranges().into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [1, 0, 0, 1]);
    }
}
