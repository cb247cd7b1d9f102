//! Writes problems for whoever reads them.

use askama::Template;
use axum::{
    body::Body,
    extract::Request,
    http::{
        HeaderMap, HeaderValue,
        header::{ACCEPT, CONTENT_TYPE},
    },
    middleware::Next,
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

/// Gives a problem its body: a page for browsers that go somewhere, a problem document for all
/// others. A layer of both origins. It also finds out who reads, by what the origin says of that.
pub async fn rendered(reads: fn(&Request) -> Reader, mut request: Request, next: Next) -> Response {
    let wants_page = wants_page(request.headers());
    let reader = reads(&request);
    request.extensions_mut().insert(reader);
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
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

fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|range| range.trim().starts_with("text/html"))
}
