//! Where Firstkey lives, and how long things last.

use std::sync::Arc;

use firstkey_domain::challenge::Purpose;
use firstkey_webauthn::{RelyingParty, RelyingPartyError, TrustAnchor};
use jiff::SignedDuration;

use crate::metadata::fido_roots;

/// Where Firstkey lives.
#[derive(Debug, Clone)]
pub struct Site {
    /// The relying party of all passkeys. Its RP ID is permanent.
    pub relying_party: RelyingParty,
    at_join: RelyingParty,
    at_console: RelyingParty,
    /// Where applicants enroll, such as `https://join.example.org`.
    pub join_origin: String,
    /// Where everybody else signs in, such as `https://console.example.org`.
    pub console_origin: String,
    /// The organisation's name, as applicants know it.
    pub organisation: String,
}

/// Why a site cannot be configured like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// Rule 14: enrollment pages run on their own origin.
    #[error("the join origin and the console origin must differ; give each its own host name")]
    SameOrigin,
    /// WebAuthn does not work like this.
    #[error(transparent)]
    RelyingParty(#[from] RelyingPartyError),
}

impl Site {
    /// Checks that browsers can work with it.
    pub fn new(
        rp_id: &str,
        join_origin: &str,
        console_origin: &str,
        organisation: &str,
    ) -> Result<Self, SiteError> {
        let relying_party = RelyingParty::new(rp_id, organisation, [join_origin, console_origin])?;
        // A port does not isolate cookies: the host names must differ (rule 14).
        let host = |origin: &str| {
            origin.split("://").nth(1).map(|rest| rest.split(':').next().unwrap_or(rest).to_owned())
        };
        if host(join_origin) == host(console_origin) {
            return Err(SiteError::SameOrigin);
        }
        Ok(Self {
            relying_party,
            at_join: RelyingParty::new(rp_id, organisation, [join_origin])?,
            at_console: RelyingParty::new(rp_id, organisation, [console_origin])?,
            join_origin: join_origin.to_owned(),
            console_origin: console_origin.to_owned(),
            organisation: organisation.to_owned(),
        })
    }

    /// The relying party for a press of this purpose: it takes the answer from the one origin whose
    /// pages ask for it, so that a page of the other cannot obtain it (rule 14).
    pub const fn relying_party_for(&self, purpose: Purpose) -> &RelyingParty {
        match purpose {
            Purpose::Registration | Purpose::Binding => &self.at_join,
            Purpose::SignIn | Purpose::Approval | Purpose::Act => &self.at_console,
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_14_each_press_is_taken_from_the_pages_that_ask_for_it_only() {
        let (join, console) = ("https://join.example.org", "https://console.example.org");
        let site = Site::new("example.org", join, console, "Example").unwrap();
        let takes = |purpose, origin| site.relying_party_for(purpose).accepts_origin(origin);
        for purpose in [Purpose::Registration, Purpose::Binding] {
            assert!(takes(purpose, join) && !takes(purpose, console), "{purpose:?}");
        }
        for purpose in [Purpose::SignIn, Purpose::Approval, Purpose::Act] {
            assert!(takes(purpose, console) && !takes(purpose, join), "{purpose:?}");
        }
    }
}
