//! Which code an attempt's screen shows.

use firstkey_domain::{
    AttemptId,
    enrollment::{Attempt, CODE_LIFETIME, MatchCode},
};
use jiff::{SignedDuration, Timestamp};

use crate::Keys;

/// A code that was replaced is still taken for this long: it was on the screen when the voucher
/// read it. It belongs to the code's ten minutes.
const GRACE: SignedDuration = SignedDuration::from_secs(60);

/// A code on an applicant's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownCode {
    /// The digits.
    pub code: MatchCode,
    /// When the screen shows another.
    pub ends: Timestamp,
}

/// The code that the attempt's screen shows now. Derived, so that nobody who reads the database can
/// read it there.
pub(crate) fn shown(keys: &Keys, attempt: &Attempt, now: Timestamp) -> ShownCode {
    let (window, ends) = window(attempt.began, now);
    ShownCode { code: code(keys, attempt.id, window), ends }
}

/// The codes that count for the attempt now: the one shown, and for its grace the one before.
pub(crate) fn accepted(
    keys: &Keys,
    attempt: &Attempt,
    now: Timestamp,
) -> impl Iterator<Item = (AttemptId, MatchCode)> {
    let id = attempt.id;
    let current = window(attempt.began, now).0;
    let before = window(attempt.began, now.saturating_sub(GRACE).unwrap_or(now)).0;
    let before = (before != current).then(|| code(keys, id, before));
    [Some(code(keys, id, current)), before].into_iter().flatten().map(move |code| (id, code))
}

fn window(began: Timestamp, now: Timestamp) -> (i64, Timestamp) {
    let length = CODE_LIFETIME - GRACE;
    let window = now.duration_since(began).as_secs().max(0) / length.as_secs();
    let ends = began.as_second().saturating_add((window + 1).saturating_mul(length.as_secs()));
    (window, Timestamp::from_second(ends).unwrap_or(Timestamp::MAX))
}

fn code(keys: &Keys, attempt: AttemptId, window: i64) -> MatchCode {
    let message = [&attempt.uuid().as_bytes()[..], &window.to_be_bytes()].concat();
    MatchCode::from_uniform(keys.code_number(&message))
}
