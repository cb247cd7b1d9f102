//! No request is worked on for ever.

use std::time::Duration;

use axum::response::{IntoResponse, Response};

use crate::problem::{Kind, Problem};

/// How long until an answer must begin. Answers that are streamed may take longer to end.
const LIMIT: Duration = Duration::from_secs(20);

/// Gives up on an answer that takes too long, slow bodies included.
pub(super) async fn limited(answer: impl Future<Output = Response>) -> Response {
    tokio::time::timeout(LIMIT, answer)
        .await
        .unwrap_or_else(|_| Problem::new(Kind::Timeout).into_response())
}
