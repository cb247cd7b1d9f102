//! Where Firstkey lives: its relying party and its two origins.

use firstkey_domain::challenge::Purpose;
use firstkey_webauthn::{RelatedOrigins, RelyingParty, RelyingPartyError};

/// Where Firstkey lives.
#[derive(Debug, Clone)]
pub struct Site {
    /// The relying party of all passkeys. Its RP ID is permanent.
    pub relying_party: RelyingParty,
    at_join: RelyingParty,
    at_console: RelyingParty,
    at_sign_in: RelyingParty,
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
    /// Rule 14: it would let the pages of one origin ask for a press of the other's.
    #[error(
        "related origin {0:?} has the host name of the join origin or of the console; leave it out"
    )]
    OwnOrigin(String),
    /// Browsers promise to heed five names only.
    #[error(
        "related_origins has more than {most} host names; browsers promise to heed {most} names and \
         may ignore the rest",
        most = RelatedOrigins::LABELS_EVERYWHERE
    )]
    TooManyRelated,
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
        if host(join_origin) == host(console_origin) {
            return Err(SiteError::SameOrigin);
        }
        let at_console = RelyingParty::new(rp_id, organisation, [console_origin])?;
        Ok(Self {
            relying_party,
            at_join: RelyingParty::new(rp_id, organisation, [join_origin])?,
            at_sign_in: at_console.clone(),
            at_console,
            join_origin: join_origin.to_owned(),
            console_origin: console_origin.to_owned(),
            organisation: organisation.to_owned(),
        })
    }

    /// Lets people sign in by a press in an Android app, which is known by the certificate that signs
    /// it: `android:apk-key-hash:` and its SHA-256 in base64url.
    pub fn with_android_app(mut self, origin: &str) -> Result<Self, SiteError> {
        self.at_sign_in = self.at_sign_in.with_android_app(origin)?;
        Ok(self)
    }

    /// Lets people sign in by a press on a page of another origin, as browsers allow that the document
    /// of [`Self::related_origins`] names.
    pub fn with_related_origin(mut self, origin: &str) -> Result<Self, SiteError> {
        if [&self.join_origin, &self.console_origin].iter().any(|own| host(own) == host(origin)) {
            return Err(SiteError::OwnOrigin(origin.to_owned()));
        }
        self.at_sign_in = self.at_sign_in.with_related_origin(origin)?;
        if self.related_origins().is_some_and(|related| !related.surely_fits()) {
            return Err(SiteError::TooManyRelated);
        }
        Ok(self)
    }

    /// What the RP ID's host serves at `/.well-known/webauthn`, if anything.
    pub fn related_origins(&self) -> Option<RelatedOrigins<'_>> {
        self.at_sign_in.related_origins()
    }

    /// The relying party for a press of this purpose: it takes the answer from the one origin whose
    /// pages ask for it, so that a page of the other cannot obtain it (rule 14).
    ///
    /// Only a sign-in may come from an app or a related origin as well. It says who somebody is and
    /// no more: what they register, bind, approve or change is shown by our own pages, and pressed
    /// there.
    pub const fn relying_party_for(&self, purpose: Purpose) -> &RelyingParty {
        match purpose {
            Purpose::Registration | Purpose::Binding => &self.at_join,
            Purpose::SignIn => &self.at_sign_in,
            Purpose::Approval | Purpose::Act => &self.at_console,
        }
    }
}

fn host(origin: &str) -> Option<&str> {
    let authority = origin.split_once("://")?.1;
    authority.split(':').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_14_each_press_is_taken_from_the_pages_that_ask_for_it_only() {
        let (join, console) = ("https://join.example.org", "https://console.example.org");
        let site = site();
        let takes = |purpose, origin| site.relying_party_for(purpose).accepts_origin(origin);
        for purpose in [Purpose::Registration, Purpose::Binding] {
            assert!(takes(purpose, join) && !takes(purpose, console), "{purpose:?}");
        }
        for purpose in [Purpose::SignIn, Purpose::Approval, Purpose::Act] {
            assert!(takes(purpose, console) && !takes(purpose, join), "{purpose:?}");
        }
    }

    const APP: &str = "android:apk-key-hash:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    #[test]
    fn rule_14_apps_and_related_origins_may_sign_in_and_no_more() {
        let related = "https://example.net";
        let site = site().with_android_app(APP).unwrap().with_related_origin(related).unwrap();
        for purpose in [
            Purpose::Registration,
            Purpose::Binding,
            Purpose::SignIn,
            Purpose::Approval,
            Purpose::Act,
        ] {
            for origin in [APP, related] {
                let takes = site.relying_party_for(purpose).accepts_origin(origin);
                assert_eq!(takes, purpose == Purpose::SignIn, "{purpose:?} {origin}");
            }
        }
        let document = serde_json::to_value(site.related_origins()).unwrap();
        assert_eq!(document, serde_json::json!({ "origins": [related] }));
    }

    #[test]
    fn rule_14_our_own_host_names_are_not_related() {
        for own in ["https://join.example.org", "https://console.example.org:8443"] {
            let refused = site().with_related_origin(own).unwrap_err();
            assert_eq!(refused, SiteError::OwnOrigin(own.to_owned()));
        }
        // Somebody else's page must be one that browsers can check.
        assert!(site().with_related_origin("http://example.net").is_err());
        assert!(site().with_android_app("example.net").is_err());
    }

    #[test]
    fn no_more_related_origins_than_every_browser_heeds() {
        let add = |site: Site, number| site.with_related_origin(&format!("https://a{number}.net"));
        let five = (1..=5).try_fold(site(), add).unwrap();
        // Another port of a name that is there is no other name.
        let five = five.with_related_origin("https://a1.net:8443").unwrap();
        assert_eq!(add(five, 6).unwrap_err(), SiteError::TooManyRelated);
    }

    fn site() -> Site {
        let (join, console) = ("https://join.example.org", "https://console.example.org");
        Site::new("example.org", join, console, "Example").unwrap()
    }
}
