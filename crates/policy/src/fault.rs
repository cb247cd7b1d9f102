//! Why a policy does not load.

use std::fmt;

use cedar_policy::ffi::DetailedError;

use crate::Counterexample;

/// A place in a policy's text, both counted from one; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset.
    fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// One thing that is wrong with a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyFault {
    /// The text is not a policy, or asks for what the schema does not have.
    Text {
        /// Where, when it is known.
        place: Option<Place>,
        /// What.
        message: String,
        /// What to do about it.
        advice: Option<String>,
    },
    /// Earning a fact takes permission away (rule 17).
    Perverse(Box<Counterexample>),
}

impl PolicyFault {
    pub(crate) fn text(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Text { place: None, message: message.into(), advice: Some(advice.into()) }
    }

    pub(crate) fn text_at(text: &str, offset: usize, message: &str, advice: &str) -> Self {
        Self::Text {
            place: Some(Place::of(text, offset)),
            message: message.into(),
            advice: Some(advice.into()),
        }
    }

    /// One fault for an error and one for each error beside it.
    pub(crate) fn from_cedar(error: DetailedError, text: &str) -> Vec<Self> {
        let label = error.source_locations.first();
        let what = label.and_then(|label| label.label.as_deref());
        let first = Self::Text {
            place: label.map(|label| Place::of(text, label.loc.start)),
            message: what
                .map_or(error.message.clone(), |what| format!("{}: {what}", error.message)),
            advice: error.help,
        };
        let others = error.related.into_iter().flat_map(|each| Self::from_cedar(each, text));
        std::iter::once(first).chain(others).collect()
    }
}

impl PolicyFault {
    /// Where, when it is known.
    pub const fn place(&self) -> Option<Place> {
        match self {
            Self::Text { place, .. } => *place,
            Self::Perverse(_) => None,
        }
    }
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { place, message, advice } => {
                if let Some(Place { line, column }) = place {
                    write!(f, "line {line}, column {column}: ")?;
                }
                f.write_str(message)?;
                advice.as_ref().map_or(Ok(()), |advice| write!(f, " ({advice})"))
            }
            Self::Perverse(counterexample) => counterexample.fmt(f),
        }
    }
}

/// Why a policy was refused. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct PolicyFaults(pub Vec<PolicyFault>);

impl fmt::Display for PolicyFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let text = "é;\nabc\n";
        assert_eq!(Place::of(text, 0), Place { line: 1, column: 1 });
        assert_eq!(Place::of(text, 2), Place { line: 1, column: 2 });
        assert_eq!(Place::of(text, 5), Place { line: 2, column: 2 });
        assert_eq!(Place::of(text, 99), Place { line: 3, column: 1 });
    }
}
