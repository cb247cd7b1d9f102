//! No request is worked on for ever.

use std::time::Duration;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::problem::{Kind, Problem};

/// How long until an answer must begin. Answers that are streamed may take longer to end.
const LIMIT: Duration = Duration::from_secs(20);

/// Gives up on a request that takes too long, slow bodies included.
pub(crate) async fn limit(request: Request, next: Next) -> Response {
    tokio::time::timeout(LIMIT, next.run(request))
        .await
        .unwrap_or_else(|_| Problem::new(Kind::Timeout).into_response())
}
