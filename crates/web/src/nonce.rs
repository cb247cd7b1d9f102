//! A fresh nonce on every answer of the API, so that a client seldom has to ask twice.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use firstkey_app::Backend;

use crate::Web;

/// Adds the header.
pub(crate) async fn add<S: Backend>(
    State(web): State<Web<S>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let nonce = web.app.keys().nonces().issue(web.app.now().as_second(), web.app.entropy().bytes());
    // A nonce is base64url, so this always is a header value.
    if let Ok(nonce) = HeaderValue::try_from(nonce) {
        response.headers_mut().insert(HeaderName::from_static("firstkey-nonce"), nonce);
    }
    response
}
