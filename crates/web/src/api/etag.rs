//! Entity tags (RFC 9110 §8.8.3): a digest of what is answered, and before it the version of the state where
//! a change can ask for that with `If-Match`.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use firstkey_domain::Digest;

use crate::problem::{Kind, Problem};

/// The longest answer that is tagged; a page of the largest rows is smaller.
const LONGEST: usize = 8 * 1024 * 1024;

/// The version of the state that an answer shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version(pub(super) u64);

/// Tags what is read, and does not send it to whoever has it.
pub(super) async fn tag(request: Request, next: Next) -> Response {
    let is_read = request.method() == Method::GET;
    let known = known(request.headers());
    let response = next.run(request).await;
    if !is_read || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return Problem::new(Kind::Internal).into_response();
    };
    let version = parts.extensions.get::<Version>().map_or(0, |version| version.0);
    let tag = format!("\"{version}-{}\"", Digest::of(&body));
    let is_known = known.contains(&tag);
    // Digits, base64url and quotes always are a header value.
    if let Ok(tag) = HeaderValue::try_from(tag) {
        parts.headers.insert(ETAG, tag);
    }
    parts.headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(axum::http::header::CONTENT_LENGTH);
        parts.headers.remove(axum::http::header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(body))
}

/// The tags of what the caller has. A weak one compares like a strong one here (RFC 9110 §13.1.2).
fn known(headers: &HeaderMap) -> Vec<String> {
    let lists = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let tags = lists.flat_map(|list| list.split(','));
    tags.map(|tag| tag.trim().trim_start_matches("W/").to_owned()).collect()
}

/// The version that a tag carries.
pub(super) fn version_of(tag: &str) -> Option<u64> {
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    let version = inner.split_once('-')?.0.parse().ok()?;
    (version > 0).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_tag_with_a_version_asks_for_one() {
        assert_eq!(version_of("\"7-abc-d\""), Some(7));
        for none in ["\"0-abc\"", "7-abc", "\"abc\"", "W/\"7-abc\"", "\"-7-abc\"", "\""] {
            assert_eq!(version_of(none), None, "{none}");
        }
    }
}
