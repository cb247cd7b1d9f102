//! Templates as responses.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use crate::problem::{Kind, Problem};

/// Renders a page.
pub fn show(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(event = "page_failed", %error);
            Problem::new(Kind::Internal).into_response()
        }
    }
}
