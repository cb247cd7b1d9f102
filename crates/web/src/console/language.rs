//! In which language the console speaks.

use axum::extract::Request;

use crate::page::Reader;

/// Operators' words are kept in one language, so that help desks, logs and documents say the same.
/// Two addresses of this origin speak to anybody: what a letter's "this was not me" opens, and what
/// the joiner's page asks and then tells its reader.
pub(crate) fn reader(request: &Request) -> Reader {
    let path = request.uri().path();
    if path == "/clearance" || path.starts_with("/notice/") {
        Reader::of_request(request)
    } else {
        Reader::in_english()
    }
}
