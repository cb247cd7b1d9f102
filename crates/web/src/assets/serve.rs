//! `GET /assets/{digest}/{*name}`

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::table::{FINGERPRINT, find};
use crate::problem::{Kind, Problem};

/// Serves one asset, for ever the same.
pub(crate) async fn serve(Path((digest, name)): Path<(String, String)>) -> Response {
    let asset = find(&name).filter(|_| digest == *FINGERPRINT);
    let Some(asset) = asset else { return Problem::new(Kind::NotFound).into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type())),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, asset.bytes).into_response()
}
