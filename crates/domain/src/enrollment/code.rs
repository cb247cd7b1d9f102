//! The match code: it says which browser is in front of the voucher, and authenticates nobody.

use std::{fmt, str::FromStr};

use super::{
    ApprovalStatement, AttemptEnd, Enrollment, EnrollmentEvent, MAX_WRONG_CODES, VouchRefusal,
    Voucher,
};
use crate::AttemptId;
use jiff::Timestamp;

/// Six digits on the applicant's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MatchCode(u32);

/// The text is not six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a match code is six digits")]
pub struct MatchCodeError;

impl MatchCode {
    /// Takes a code from a uniformly distributed number.
    pub const fn from_uniform(number: u64) -> Self {
        // 10^6 divides into 2^64 with a bias below one in 10^13. The truncation is exact.
        #[allow(clippy::cast_possible_truncation)]
        Self((number % 1_000_000) as u32)
    }
}

impl fmt::Display for MatchCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl FromStr for MatchCode {
    type Err = MatchCodeError;

    /// Reads six digits; spaces and hyphens are how people read them aloud.
    fn from_str(text: &str) -> Result<Self, MatchCodeError> {
        let mut number = 0;
        let mut digits = 0;
        for letter in text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '\u{a0}')) {
            number = number * 10 + letter.to_digit(10).ok_or(MatchCodeError)?;
            digits += 1;
            if digits > 6 {
                return Err(MatchCodeError);
            }
        }
        if digits == 6 { Ok(Self(number)) } else { Err(MatchCodeError) }
    }
}

/// A voucher types the code that they see.
#[derive(Debug, Clone)]
pub struct TryCode {
    /// Who typed it.
    pub voucher: Voucher,
    /// What they typed.
    pub typed: MatchCode,
    /// What each open attempt's screen shows now, and showed just before.
    pub shown: Vec<(AttemptId, MatchCode)>,
    /// What the voucher confirmed before.
    pub checklist: super::Checklist,
}

/// What typing a code led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeOutcome {
    /// It is the code: this is what the voucher is to sign. Nothing is recorded yet.
    Right(ApprovalStatement),
    /// It is not: these events are to be recorded.
    Wrong(Vec<EnrollmentEvent>),
}

impl Enrollment {
    /// Compares a typed code with what the applicant's screen shows.
    pub fn check_code(
        &self,
        command: &TryCode,
        now: Timestamp,
    ) -> Result<CodeOutcome, VouchRefusal> {
        let attempt = self.sole_attempt(&command.voucher, command.checklist, now)?;
        let is_right =
            command.shown.iter().any(|(id, code)| *id == attempt.id && *code == command.typed);
        if is_right {
            return Ok(CodeOutcome::Right(ApprovalStatement {
                enrollment: self.id,
                attempt: attempt.id,
                attempt_key: attempt.key,
                method: command.voucher.method(attempt),
                checklist: command.checklist,
            }));
        }
        let running = self.running(now)?;
        let mut events =
            vec![EnrollmentEvent::CodeMismatched { voucher: command.voucher.actor().clone() }];
        if running.wrong_codes.saturating_add(1) >= MAX_WRONG_CODES {
            events.extend(running.close_attempts(AttemptEnd::WrongCodes));
        }
        Ok(CodeOutcome::Wrong(events))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        assert_eq!(
            "042 137".parse::<MatchCode>().map(|code| code.to_string()),
            Ok("042137".into())
        );
        assert_eq!("042-137".parse(), Ok(MatchCode(42_137)));
        for wrong in ["", "12345", "1234567", "12a456", "１２３４５６７"] {
            assert_eq!(wrong.parse::<MatchCode>(), Err(MatchCodeError), "{wrong}");
        }
    }
}
