//! Arithmetic on measurements.

use std::time::Duration;

/// In microseconds.
pub fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// In seconds.
pub fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

/// The smallest of sorted values that `percent` of them do not exceed; zero when there is none.
pub fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

/// The median of what `part` gives of each.
pub fn median<T>(all: &[T], part: impl Fn(&T) -> f64) -> f64 {
    let mut values: Vec<f64> = all.iter().map(part).collect();
    values.sort_by(f64::total_cmp);
    percentile(&values, 50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        let of_hundred = [50, 99].map(|percent| percentile(&hundred, percent).to_string());
        assert_eq!(of_hundred, ["50", "99"]);
        let of_few =
            [percentile(&[7.0], 99), percentile(&[], 50), median(&[3.0, 1.0, 2.0], |n| *n)];
        assert_eq!(of_few.map(|value| value.to_string()), ["7", "0", "2"]);
    }
}
