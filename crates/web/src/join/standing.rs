//! `GET /api/join/attempts/{attempt}`: where an attempt stands.

use axum::{Json, extract::State};
use firstkey_app::{Backend, ProvenRequest};

use super::{address::AttemptAddress, progress::ProgressJson, proven::Proven};
use crate::{
    Web,
    fault::failure,
    problem::{Kind, Problem},
};

/// Tells whoever holds the attempt's key where it stands.
pub(crate) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    address: AttemptAddress,
    Proven { request, body: () }: Proven<()>,
) -> Result<Json<ProgressJson>, Problem> {
    standing(&web, address, &request).await.map(Json)
}

/// Where the attempt stands. Unknown attempts and other keys' get the same answer.
pub(super) async fn standing<S: Backend>(
    web: &Web<S>,
    address: AttemptAddress,
    request: &ProvenRequest,
) -> Result<ProgressJson, Problem> {
    let progress = web
        .app
        .progress(address.enrollment, address.attempt, request.key)
        .await
        .map_err(failure)?;
    let progress = progress.ok_or_else(|| Problem::new(Kind::NotFound))?;
    Ok(ProgressJson::of(&web.app, address, &progress))
}
