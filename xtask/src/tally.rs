//! How many tests passed, read from what the test harness prints.

use std::fmt;
use std::ops::AddAssign;

/// Counts over all test binaries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
}

impl Tally {
    /// The counts in a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn from_line(line: &str) -> Option<Self> {
        let (_verdict, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let count = |noun: &str| {
            counts.split("; ").find_map(|part| part.strip_suffix(noun)?.trim().parse().ok())
        };
        Some(Self {
            passed: count("passed")?,
            failed: count("failed")?,
            ignored: count("ignored")?,
        })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_binaries_are_summed() {
        let mut sum = Tally::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.01s",
            "test result: a_test_with_a_strange_name ... ok",
        ] {
            sum += Tally::from_line(line).unwrap_or_default();
        }
        assert_eq!(sum, Tally { passed: 13, failed: 2, ignored: 1 });
        assert_eq!(sum.to_string(), "13 passed, 2 failed");
    }
}
