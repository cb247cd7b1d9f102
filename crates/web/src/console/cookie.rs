//! The session's cookie.

use axum::http::{
    HeaderMap, HeaderName,
    header::{COOKIE, SET_COOKIE},
};
use firstkey_app::signing_in::SessionToken;

/// Its name. Browsers take a `__Host-` cookie only over TLS or from this machine, for this host alone
/// and for all its paths (RFC 6265bis §4.1.3.2).
pub(crate) const NAME: &str = "__Host-firstkey";

/// The session that the request claims.
pub(crate) fn session_token(headers: &HeaderMap) -> Option<SessionToken> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .and_then(|(_, value)| SessionToken::from_text(value))
}

/// Gives the session to the browser. It ends with the browser, and on the server much earlier.
pub(super) fn set(token: &SessionToken) -> [(HeaderName, String); 1] {
    [(SET_COOKIE, format!("{NAME}={}; {ATTRIBUTES}", token.expose()))]
}

/// Takes it away again.
pub(super) fn clear() -> [(HeaderName, String); 1] {
    [(SET_COOKIE, format!("{NAME}=; {ATTRIBUTES}; Max-Age=0"))]
}

const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";
