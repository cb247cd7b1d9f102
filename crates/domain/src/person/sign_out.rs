//! Signing out everywhere, and from when on a sign-in counts again.

use jiff::Timestamp;

use super::{Person, PersonEvent};

impl Person {
    /// Ends all their sessions, and has no sign-in count that was begun before. Whoever left signs in
    /// nowhere anyway.
    pub fn sign_out_everywhere(&self) -> Vec<PersonEvent> {
        if self.is_active() { vec![PersonEvent::SignedOutEverywhere] } else { Vec::new() }
    }

    /// Whether a sign-in counts that was begun at this time: later than they last signed out
    /// everywhere. Without this, one that was under way while they did would survive it.
    pub fn takes_sign_in(&self, begun: Timestamp) -> bool {
        self.signed_out.is_none_or(|at| at < begun)
    }
}
