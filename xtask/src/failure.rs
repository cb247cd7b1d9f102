//! Why a chore stopped.

use std::fmt;

use crate::tally::Tally;

/// A sentence for the person at the keyboard, and how far the tests got, if they ran.
#[derive(Debug)]
pub(crate) struct Failure {
    reason: String,
    tally: Option<Tally>,
}

impl Failure {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), tally: None }
    }

    pub(crate) fn with_tally(reason: impl Into<String>, tally: Tally) -> Self {
        Self { reason: reason.into(), tally: Some(tally) }
    }

    /// The same failure, after tests that passed; it counts as one that did not.
    pub(crate) fn after(self, mut tally: Tally) -> Self {
        tally.failed += 1;
        Self { tally: Some(tally), ..self }
    }

    /// The same failure, saying in which step it happened.
    pub(crate) fn in_step(self, step: &str) -> Self {
        Self { reason: format!("stopped at {step}: {}", self.reason), ..self }
    }

    /// Prints the reason, then the counts on the last line, where readers of the output look.
    pub(crate) fn print(&self) {
        println!("\n{self}");
        if let Some(tally) = self.tally {
            println!("{tally}");
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason)
    }
}
