//! The document by which a domain lets other domains use its credentials.

use serde::Serialize;

use super::origin::web_host;

/// What is served at `https://<RP ID>/.well-known/webauthn`
/// (<https://www.w3.org/TR/webauthn-3/#sctn-related-origins>).
///
/// Over `https`, with status 200 and [`Self::CONTENT_TYPE`]; browsers fetch it without cookies and
/// follow redirects to `https` only.
///
/// Browsers count the *registrable origin labels* in it, which is the part of a domain just below
/// its public suffix: `example` for `example.org`, for `www.example.co.uk` and for `example.de`
/// alike. Each supports at least five; one that supports no more ignores the origins whose label
/// would be the sixth, in the order of the list
/// (<https://www.w3.org/TR/webauthn-3/#sctn-validating-relation-origin>). Origins that matter most
/// therefore stand first, and many countries' domains of one brand count once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RelatedOrigins<'a> {
    origins: &'a [Box<str>],
}

impl<'a> RelatedOrigins<'a> {
    /// The media type that it must be served with.
    pub const CONTENT_TYPE: &'static str = "application/json";
    /// How many labels every browser with this feature supports.
    pub const LABELS_EVERYWHERE: usize = 5;

    pub(super) fn new(origins: &'a [Box<str>]) -> Self {
        Self { origins }
    }

    /// The origins, in the order in which they were added.
    pub fn origins(&self) -> impl Iterator<Item = &'a str> {
        self.origins.iter().map(|origin| &**origin)
    }

    /// Whether every browser with this feature surely heeds all of the list: it has no more than
    /// five hosts, so no more than five labels.
    ///
    /// Where this is false, it depends on the list of public suffixes, which browsers have.
    pub fn surely_fits(&self) -> bool {
        let mut hosts: Vec<_> = self.origins().filter_map(|origin| web_host(origin).ok()).collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts.len() <= Self::LABELS_EVERYWHERE
    }
}

#[cfg(test)]
mod tests {
    use crate::RelyingParty;

    #[test]
    fn five_hosts_surely_fit_on_however_many_ports() {
        let mut party = RelyingParty::new("example.org", "x", ["https://example.org"]).unwrap();
        for (host, fits) in [
            ("https://example.de", true),
            ("https://example.de:8443", true),
            ("https://example.de", true),
            ("https://example.co.uk", true),
            ("https://example.fr", true),
            ("https://example.sg", true),
            ("https://rewards.example", true),
            ("https://cars.example", false),
        ] {
            party = party.with_related_origin(host).unwrap();
            assert_eq!(party.related_origins().unwrap().surely_fits(), fits, "{host}");
        }
        // What was added twice is listed once, and in order.
        let document = party.related_origins().unwrap();
        let origins: Vec<_> = document.origins().collect();
        assert_eq!(origins.len(), 7);
        assert_eq!(origins[..2], ["https://example.de", "https://example.de:8443"]);
    }
}
