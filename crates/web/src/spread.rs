//! How long something took, of many: median, and what nine of ten stayed below.

use firstkey_ports::Took;

use crate::page::Reader;

/// How many took how long, by range.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Spread(Vec<(Took, i64)>);

impl Spread {
    /// Adds so many.
    pub(crate) fn add(&mut self, took: Took, count: i64) {
        match self.0.iter_mut().find(|(range, _)| *range == took) {
            Some((_, sum)) => *sum += count,
            None => self.0.push((took, count)),
        }
        self.0.sort_unstable_by_key(|(range, _)| *range);
    }

    /// How many there are.
    pub(crate) fn total(&self) -> i64 {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// The ranges from the first to the last that have any, and those between.
    pub(crate) fn ranges(&self) -> Vec<(Took, i64)> {
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

    /// The ranges for a picture: the few at either end, one in a hundred at most, are gathered in the
    /// range beside them, so that one oddity does not push the others together. "Less than" is as true
    /// of the first then as before; the last is shown as it is.
    pub(crate) fn gathered(&self) -> Vec<(Took, i64)> {
        let few = self.total() / 100;
        let mut ranges = self.ranges();
        let mut gathered = 0;
        while let [first, _, ..] = ranges.as_slice()
            && gathered + first.1 <= few
        {
            gathered += ranges.remove(0).1;
        }
        if let Some(first) = ranges.first_mut() {
            first.1 += gathered;
        }
        ranges
    }

    /// How long it took at most for so many in a hundred, in seconds: right to the range, and within it
    /// as if they lay evenly. `Err` is the last range, which has no end. `None` of nobody.
    pub(crate) fn quantile(&self, percent: i64) -> Option<Result<i64, Took>> {
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
    pub(crate) fn said(&self, reader: Reader, percent: i64) -> String {
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
pub(crate) fn duration(reader: Reader, seconds: i64) -> String {
    let is_whole = |unit: i64| seconds >= unit && seconds % unit == 0;
    let (message, unit) = if seconds >= 172_800 || is_whole(86_400) {
        ("console-time-days", 86_400)
    } else if seconds >= 7200 || is_whole(3600) {
        ("console-time-hours", 3600)
    } else if seconds >= 120 || is_whole(60) {
        ("console-time-minutes", 60)
    } else {
        ("console-time-seconds", 1)
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
    fn an_oddity_at_the_beginning_is_gathered_and_still_counted() {
        let mut many = vec![86_400 * 2; 300];
        many.extend([10, 86_400 * 4, 86_400 * 4, 86_400 * 4, 86_400 * 4]);
        let spread = spread(&many);
        assert_eq!(spread.ranges().len(), 19);
        let counts: Vec<_> = spread.gathered().into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [301, 4]);
    }

    #[test]
    fn durations_are_said_in_the_largest_unit_that_fits() {
        let reader = Reader::in_english();
        for (seconds, said) in [
            (30, "30 s"),
            (60, "1 min"),
            (90, "90 s"),
            (150, "3 min"),
            (3600, "1 h"),
            (5400, "90 min"),
            (86_400, "1 d"),
            (100_000, "28 h"),
            (400_000, "5 d"),
        ] {
            assert_eq!(duration(reader, seconds), said, "{seconds}");
        }
    }

    #[test]
    fn ranges_without_any_are_shown_between_others() {
        let spread = spread(&[10, 130]);
        let counts: Vec<_> = spread.ranges().into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [1, 0, 0, 1]);
    }
}
