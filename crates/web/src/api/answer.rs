//! Answers to changes, which are written once and repeated to the byte.

use axum::{
    http::{HeaderName, HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use firstkey_app::{
    Fault,
    machines::{Done, OnceFault},
};
use serde::Serialize;

use crate::{
    fault::problem,
    problem::{Kind, Problem},
};

/// Says that an answer is the one of before, and nothing was done now.
const REPEATED: HeaderName = HeaderName::from_static("firstkey-repeated");

/// An answer as it is kept.
pub(super) fn write<T: Serialize>(answer: &T) -> Vec<u8> {
    // Structs of ids and words serialise into memory without a way to fail.
    serde_json::to_vec(answer).unwrap_or_default()
}

/// The response for what was done now or before.
pub(super) fn respond(done: Done) -> Response {
    let json = HeaderValue::from_static("application/json");
    let mut response = ([(CONTENT_TYPE, json)], done.answer).into_response();
    if done.before {
        response.headers_mut().insert(REPEATED, HeaderValue::from_static("true"));
    }
    response
}

/// Says why a change did not happen; what was refused is said by `refused`.
pub(super) fn refusal<R>(
    fault: Fault<OnceFault<R>>,
    refused: impl FnOnce(R) -> Problem,
) -> Problem {
    problem(fault, |reason| match reason {
        OnceFault::Other => Problem::new(Kind::OtherRequest),
        OnceFault::Refused(reason) => refused(reason),
    })
}
