//! `GET /.well-known/webauthn` under the RP ID's own host name: which other origins may use our passkeys
//! (<https://www.w3.org/TR/webauthn-3/#sctn-related-origins>).

use axum::{
    Router,
    extract::Request,
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{CONTENT_TYPE, HOST},
    },
    routing::get,
};
use firstkey_app::Site;
use firstkey_webauthn::RelatedOrigins;

/// Where browsers look for it.
const PATH: &str = "/.well-known/webauthn";

/// Answers with the document, or with 404 when no other origin may.
pub(crate) fn routes(site: &Site) -> Router {
    let Some(origins) = site.related_origins() else { return Router::new() };
    // Strings only: writing them cannot fail.
    let document = serde_json::to_string(&origins).unwrap_or_default();
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(RelatedOrigins::CONTENT_TYPE)),
        // The pages that it is about are on other sites.
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ];
    Router::new().route(PATH, get(async move || (headers, document)))
}

/// Whether a request is for it: sent to the RP ID's host name, on whatever port. One of the two origins
/// may have that name as well.
pub(super) fn is_for(rp_id: &str, request: &Request) -> bool {
    request.uri().path() == PATH && is_named(rp_id, request.headers())
}

/// Whether a request was sent to this host name, on whatever port.
fn is_named(name: &str, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    // Two names in one request are none (RFC 9112 §3.2).
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let found = host.to_str().ok().and_then(|host| host.split(':').next());
    found.is_some_and(|found| found.eq_ignore_ascii_case(name))
}
