//! Who we are to browsers and authenticators: the RP ID and the origins we serve.

mod origin;
mod related;

use aws_lc_rs::digest::{SHA256, digest};
use thiserror::Error;

use origin::{is_android_app, is_domain, web_host};
pub use related::RelatedOrigins;

/// A relying party: its RP ID, its name, and the origins from which it accepts ceremonies.
///
/// Origins are compared as whole strings with an explicit list
/// (<https://www.w3.org/TR/webauthn-3/#sctn-validating-origin>): subdomains are not implied.
///
/// ```
/// use firstkey_webauthn::RelyingParty;
///
/// let relying_party = RelyingParty::new(
///     "example.org",
///     "Example",
///     ["https://example.org", "https://console.example.org"],
/// )?;
/// assert!(relying_party.accepts_origin("https://console.example.org"));
/// assert!(!relying_party.accepts_origin("https://evil.example.org"));
/// # Ok::<(), firstkey_webauthn::RelyingPartyError>(())
/// ```
#[derive(Debug, Clone)]
pub struct RelyingParty {
    id: Box<str>,
    id_hash: [u8; 32],
    name: Box<str>,
    origins: Vec<Box<str>>,
    related_origins: Vec<Box<str>>,
    top_origins: Vec<Box<str>>,
    unnamed_frames: bool,
}

/// Why a relying party cannot be configured like this.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RelyingPartyError {
    /// The RP ID is not a lower-case domain name.
    #[error("RP ID {0:?} is not a lower-case domain name")]
    Id(String),
    /// The origin is not `https://host[:port]` in the form in which browsers send it
    /// (`http` only for localhost).
    #[error("{0:?} is not an https origin as browsers write it")]
    Origin(String),
    /// The origin's host is neither the RP ID nor below it.
    #[error("origin {0:?} is outside the RP ID; add it as a related origin")]
    ForeignOrigin(String),
    /// Not `android:apk-key-hash:` and 32 bytes in base64url without padding.
    #[error("{0:?} is not an android:apk-key-hash origin")]
    AndroidOrigin(String),
    /// No origin is accepted, so no ceremony could succeed.
    #[error("a relying party needs at least one origin")]
    NoOrigin,
}

impl RelyingParty {
    /// A relying party that accepts ceremonies from `origins`, all on the RP ID's domain or below
    /// it, and never from within another site's frame.
    pub fn new<'a>(
        id: &str,
        name: &str,
        origins: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, RelyingPartyError> {
        if !is_domain(id) {
            return Err(RelyingPartyError::Id(id.to_owned()));
        }
        let origins = origins
            .into_iter()
            .map(|origin| {
                let host = web_host(origin)?;
                let below =
                    host.strip_suffix(id).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
                if below {
                    Ok(origin.into())
                } else {
                    Err(RelyingPartyError::ForeignOrigin(origin.to_owned()))
                }
            })
            .collect::<Result<Vec<Box<str>>, _>>()?;
        if origins.is_empty() {
            return Err(RelyingPartyError::NoOrigin);
        }
        let mut id_hash = [0; 32];
        id_hash.copy_from_slice(digest(&SHA256, id.as_bytes()).as_ref());
        Ok(Self {
            id: id.into(),
            id_hash,
            name: name.into(),
            origins,
            related_origins: Vec::new(),
            top_origins: Vec::new(),
            unnamed_frames: false,
        })
    }

    /// Also accepts an origin on another domain, as
    /// [related origin requests](https://www.w3.org/TR/webauthn-3/#sctn-related-origins) allow.
    /// Browsers check it with [`Self::related_origins`].
    pub fn with_related_origin(mut self, origin: &str) -> Result<Self, RelyingPartyError> {
        web_host(origin)?;
        if !self.related_origins.iter().any(|known| **known == *origin) {
            self.related_origins.push(origin.into());
        }
        Ok(self)
    }

    /// Also accepts an Android app, by `android:apk-key-hash:` and the SHA-256 of its signing
    /// certificate in base64url without padding.
    ///
    /// The specification leaves the identifiers of native apps to the platform
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-validating-origin>); this is Android's.
    pub fn with_android_app(mut self, origin: &str) -> Result<Self, RelyingPartyError> {
        if !is_android_app(origin) {
            return Err(RelyingPartyError::AndroidOrigin(origin.to_owned()));
        }
        self.origins.push(origin.into());
        Ok(self)
    }

    /// Also accepts ceremonies inside a frame of a page on this origin, where the client says
    /// that it is this page (`topOrigin`).
    pub fn with_top_origin(mut self, origin: &str) -> Result<Self, RelyingPartyError> {
        web_host(origin)?;
        self.top_origins.push(origin.into());
        Ok(self)
    }

    /// Also accepts ceremonies inside another site's frame where the client does not say whose
    /// page is around it, as clients older than Level 3 do not: any page may then be.
    #[must_use]
    pub fn with_unnamed_frames(mut self) -> Self {
        self.unnamed_frames = true;
        self
    }

    /// The RP ID.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name shown by browsers that show one.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a ceremony may come from this origin.
    pub fn accepts_origin(&self, origin: &str) -> bool {
        self.origins.iter().chain(&self.related_origins).any(|accepted| **accepted == *origin)
    }

    /// Whether a ceremony may run inside another site's frame at all.
    pub(crate) fn accepts_frames(&self) -> bool {
        self.unnamed_frames || !self.top_origins.is_empty()
    }

    /// Whether it may when the client does not say whose page is around the frame.
    pub(crate) fn accepts_unnamed_frames(&self) -> bool {
        self.unnamed_frames
    }

    /// Whether a ceremony may run inside a frame of a page on this origin.
    pub(crate) fn accepts_top_origin(&self, origin: &str) -> bool {
        self.top_origins.iter().any(|accepted| **accepted == *origin)
    }

    /// The SHA-256 of the RP ID.
    pub(crate) fn id_hash(&self) -> &[u8; 32] {
        &self.id_hash
    }

    /// The document that browsers read at `https://<RP ID>/.well-known/webauthn`, or `None` when
    /// there are no related origins.
    pub fn related_origins(&self) -> Option<RelatedOrigins<'_>> {
        (!self.related_origins.is_empty()).then(|| RelatedOrigins::new(&self.related_origins))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_those_that_browsers_send() {
        let accepted = |id, origin| RelyingParty::new(id, "x", [origin]).is_ok();
        assert!(accepted("example.org", "https://example.org"));
        assert!(accepted("example.org", "https://a.b.example.org:8443"));
        assert!(accepted("localhost", "http://localhost:8080"));
        assert!(accepted("firstkey.localhost", "http://join.firstkey.localhost:8080"));
        for origin in [
            "http://example.org",
            "https://example.org/",
            "https://example.org:443",
            "https://example.org:08443",
            "https://EXAMPLE.org",
            "https://notexample.org",
            "https://example.org.evil.net",
            "https://user@example.org",
            "https://",
            "example.org",
            "ftp://example.org",
        ] {
            assert!(!accepted("example.org", origin), "{origin}");
        }
        for id in ["", "Example.org", "example.org.", ".org", "exa mple.org", "-a.org"] {
            assert!(RelyingParty::new(id, "x", ["https://example.org"]).is_err(), "{id}");
        }
        assert_eq!(RelyingParty::new("a.org", "x", []).unwrap_err(), RelyingPartyError::NoOrigin);
    }

    #[test]
    fn other_domains_and_apps_are_accepted_only_by_configuration() {
        let app = "android:apk-key-hash:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
        let party = RelyingParty::new("example.org", "x", ["https://example.org"]).unwrap();
        assert!(!party.accepts_origin("https://example.net") && !party.accepts_origin(app));
        assert_eq!(party.related_origins(), None);
        let party = party
            .with_related_origin("https://example.net")
            .and_then(|party| party.with_android_app(app))
            .unwrap();
        assert!(party.accepts_origin("https://example.net") && party.accepts_origin(app));
        assert_eq!(
            serde_json::to_value(party.related_origins()).unwrap(),
            serde_json::json!({ "origins": ["https://example.net"] })
        );
        assert!(party.with_related_origin("http://example.net").is_err());
    }
}
