//! The end of a certificate that nobody renews.

use jiff::{SignedDuration, Timestamp};

/// How long before it is told of.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How often it is told of in the log.
const TELL_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// Remembers when it was told of.
#[derive(Default)]
pub(super) struct End {
    told: Option<Timestamp>,
}

impl End {
    /// What whoever watches should know of it, if it is near.
    pub(super) fn remark(&mut self, ends: Timestamp, now: Timestamp) -> Option<String> {
        if ends.duration_since(now) >= SOON {
            return None;
        }
        if self.told.is_none_or(|told| now.duration_since(told) >= TELL_EVERY) {
            tracing::warn!(event = "tls.ends", %ends, "the certificate was not renewed");
            self.told = Some(now);
        }
        Some(format!("tls: the certificate ends at {ends}"))
    }
}
