//! How long things last.

use std::sync::Arc;

use firstkey_webauthn::TrustAnchor;
use jiff::SignedDuration;

use crate::metadata::fido_roots;

/// How long things last, and what else configuration decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long an enrollment stays open after its invitation.
    pub invitation_lifetime: SignedDuration,
    /// How long a pass lives; at most ten minutes whatever this says.
    pub pass_lifetime: SignedDuration,
    /// How long an additional enrollment stays open.
    pub additional_lifetime: SignedDuration,
    /// How long before the start date, at the joiner's midnight, invitations go out.
    pub lead_time: SignedDuration,
    /// The longest session (SP 800-63B-4 §2.2.3: at most 24 hours).
    pub session_lifetime: SignedDuration,
    /// The longest idle session (SP 800-63B-4 §2.2.3: at most one hour).
    pub session_idle: SignedDuration,
    /// User names to try in turn: `{given}`, `{family}`, `{g}` (first letter), `{f}`, and `{n}`,
    /// 2 to 20 and then six digits that follow from the HR id.
    pub user_name_patterns: Vec<String>,
    /// The roots that may stand above the signer of FIDO metadata.
    pub metadata_roots: Arc<[TrustAnchor]>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            invitation_lifetime: SignedDuration::from_hours(14 * 24),
            pass_lifetime: SignedDuration::from_mins(10),
            additional_lifetime: SignedDuration::from_mins(30),
            lead_time: SignedDuration::from_hours(0),
            session_lifetime: SignedDuration::from_hours(24),
            session_idle: SignedDuration::from_hours(1),
            user_name_patterns: vec!["{given}.{family}".into(), "{given}.{family}{n}".into()],
            metadata_roots: fido_roots().into(),
        }
    }
}
