//! What browsers are told about every answer.

use axum::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS,
    },
};

use super::Origin;

/// Headers of the join origin: it may ask the console's origin whether somebody is signed in there.
pub(crate) fn join_headers(join: &Origin, console: &Origin) -> HeaderMap {
    headers(join, &format!("connect-src 'self' {}", console.as_str()))
}

/// Headers of the console's origin.
pub(crate) fn console_headers(console: &Origin) -> HeaderMap {
    let mut headers = headers(console, "connect-src 'self'");
    // The join page asks for a clearance from here, across origins and within the site.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-site"),
    );
    headers
}

fn headers(origin: &Origin, connect: &str) -> HeaderMap {
    let policy = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        connect,
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    .join("; ");
    let mut headers = HeaderMap::new();
    // An origin is ASCII without control characters, so this always is a header value.
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        // `no-referrer` would turn the Origin of form posts into null.
        (REFERRER_POLICY, "same-origin"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if origin.is_secure() {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(STRICT_TRANSPORT_SECURITY, year);
    }
    headers
}

const PERMISSIONS: &str = "publickey-credentials-create=(self), publickey-credentials-get=(self), \
    clipboard-write=(self), camera=(), microphone=(), geolocation=(), payment=(), usb=(), \
    serial=(), bluetooth=(), hid=(), display-capture=()";

/// Adds headers to an answer that does not say otherwise itself.
pub(super) fn add_missing(headers: &HeaderMap, answer: &mut HeaderMap) {
    let own = std::mem::replace(answer, headers.clone());
    answer.extend(own);
}
