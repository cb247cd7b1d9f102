//! What the doctor says of one thing.

use std::fmt;

use serde::Serialize;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and will not always.
    Warning,
    /// Something does not work, or is not safe.
    Problem,
}

/// One line.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub about: &'static str,
    /// How it stands.
    pub state: State,
    /// What was found.
    pub found: String,
    /// The one thing to do; nothing when it is as it should be.
    pub to_do: Option<String>,
}

impl Finding {
    /// It is as it should be.
    pub fn ok(about: &'static str, found: impl Into<String>) -> Self {
        Self { about, state: State::Ok, found: found.into(), to_do: None }
    }

    /// It works, and will not always.
    pub fn warning(
        about: &'static str,
        found: impl Into<String>,
        to_do: impl Into<String>,
    ) -> Self {
        Self { about, state: State::Warning, found: found.into(), to_do: Some(to_do.into()) }
    }

    /// Something does not work, or is not safe.
    pub fn problem(
        about: &'static str,
        found: impl Into<String>,
        to_do: impl Into<String>,
    ) -> Self {
        Self { about, state: State::Problem, found: found.into(), to_do: Some(to_do.into()) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Problem => "problem",
        };
        write!(f, "{state:<8} {:<15} {}", self.about, self.found)?;
        match &self.to_do {
            Some(to_do) => write!(f, "\n{:<25}to do: {to_do}", ""),
            None => Ok(()),
        }
    }
}
