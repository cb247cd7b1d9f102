//! Writes problems for whoever reads them.

use askama::Template;
use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue,
        header::{ACCEPT, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

use super::Problem;
use crate::page::{Reader, show};

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    reader: Reader,
    title: String,
    detail: String,
    status: u16,
}

/// Whoever may have to be told of a problem.
pub struct Audience {
    wants_page: bool,
    reader: Reader,
}

impl Audience {
    /// Whoever sent these headers, and how they are spoken to.
    pub fn of(headers: &HeaderMap, reader: Reader) -> Self {
        Self { wants_page: wants_page(headers), reader }
    }

    /// Gives a problem its body: a page for browsers that go somewhere, a problem document for all
    /// others. Any other answer stays as it is.
    pub fn shown(self, mut response: Response) -> Response {
        let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
        let Self { wants_page, reader } = self;
        let body = if wants_page {
            show(&ProblemPage {
                title: reader.texts.get(problem.kind().message()),
                detail: problem.detail(reader.texts),
                status: problem.kind().status().as_u16(),
                reader,
            })
        } else {
            let mut document = problem.to_json(reader.texts).to_string().into_response();
            let media_type = HeaderValue::from_static("application/problem+json");
            document.headers_mut().insert(CONTENT_TYPE, media_type);
            document
        };
        let (mut parts, _) = response.into_parts();
        let (written, body) = body.into_parts();
        parts.headers.extend(written.headers);
        Response::from_parts(parts, Body::new(body))
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|range| range.trim().starts_with("text/html"))
}
