//! The secret of a handover: what the voucher's screen shows and the applicant's browser brings back
//! (rule 5). Derived, never stored: nobody who reads the database can show it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_domain::{Digest, EnrollmentId, PersonId, SessionId, enrollment::Attempt};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Keys, signing_in::Session};

/// How long a screen shows the same secret, in seconds. It is taken for as long again.
const STEP: i64 = 60;

/// Says that this session's screen showed it, in this minute, for this attempt. 128 bits of an HMAC,
/// which hold for the one browser key that has begun: in any other hands they open nothing. Cannot be
/// printed.
#[derive(Clone, Copy)]
pub(crate) struct HandoverSecret {
    /// On whose screen. The id of a session lets nobody in without its own secret.
    pub session: SessionId,
    step: u32,
    tag: [u8; 16],
}

impl std::fmt::Debug for HandoverSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HandoverSecret(…)")
    }
}

/// For whom a secret is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HandoverFor<'a> {
    pub voucher: PersonId,
    pub enrollment: EnrollmentId,
    pub attempt: &'a Attempt,
}

impl HandoverSecret {
    const LENGTH: usize = 16 + 4 + 16;

    /// What the session's screen shows now, and when it shows another.
    pub fn shown(
        keys: &Keys,
        session: &Session,
        is_for: HandoverFor<'_>,
        now: Timestamp,
    ) -> (Self, Timestamp) {
        let step = step(now);
        let tag = keys.handover_tag(&message(session.id, step, is_for));
        (Self { session: session.id, step, tag }, begins(step, 1))
    }

    /// The text for the fragment: 48 letters.
    pub fn expose(self) -> String {
        let step = self.step.to_be_bytes();
        URL_SAFE_NO_PAD.encode([&self.session.uuid().as_bytes()[..], &step, &self.tag].concat())
    }

    /// Reads a text, and believes nothing of it.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut bytes = [0; Self::LENGTH];
        if URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) != Ok(Self::LENGTH) {
            return None;
        }
        let (session, rest) = bytes.split_at(16);
        let (step, tag) = rest.split_at(4);
        Some(Self {
            session: SessionId::from_uuid(Uuid::from_slice(session).ok()?),
            step: u32::from_be_bytes(step.try_into().ok()?),
            tag: tag.try_into().ok()?,
        })
    }

    /// Whether it was shown in this minute or the one before.
    pub fn is_fresh(self, now: Timestamp) -> bool {
        let now = step(now);
        self.step == now || self.step.checked_add(1) == Some(now)
    }

    /// Whether this very secret was shown by that voucher for that attempt.
    pub fn is_for(self, keys: &Keys, is_for: HandoverFor<'_>) -> bool {
        let expected = keys.handover_tag(&message(self.session, self.step, is_for));
        aws_lc_rs::constant_time::verify_slices_are_equal(&expected, &self.tag).is_ok()
    }

    /// Under what it is spent, and until when that must be remembered.
    pub fn spends(self) -> (Digest, Timestamp) {
        (Digest::of_parts("firstkey handover", &[&self.tag]), begins(self.step, 2))
    }
}

/// Parts of fixed length, so that no two ways of cutting it mean the same.
fn message(session: SessionId, step: u32, is_for: HandoverFor<'_>) -> Vec<u8> {
    let HandoverFor { voucher, enrollment, attempt } = is_for;
    [
        &session.uuid().as_bytes()[..],
        voucher.uuid().as_bytes(),
        enrollment.uuid().as_bytes(),
        attempt.id.uuid().as_bytes(),
        attempt.key.as_bytes(),
        &step.to_be_bytes(),
    ]
    .concat()
}

/// Minutes since 1970, as far as four bytes go.
fn step(now: Timestamp) -> u32 {
    u32::try_from(now.as_second().div_euclid(STEP)).unwrap_or_default()
}

/// When the step that many after this one begins.
fn begins(step: u32, later: i64) -> Timestamp {
    let second = (i64::from(step) + later) * STEP;
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}
