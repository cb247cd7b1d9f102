//! `GET /api/v1/log/checkpoint`: the newest signed checkpoint of the lifecycle log.

use axum::{Json, extract::State};
use firstkey_app::{Backend, Fault};
use firstkey_domain::machine_key::Scope;
use firstkey_policy::Operation;
use firstkey_ports::LogName;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    allowed::{demand, not_allowed},
    call::Call,
    doc::{Doc, Shape},
};
use crate::{Web, fault::failure, problem::Problem};

pub(super) const DOC: Doc = Doc {
    summary: "The newest signed checkpoint of the lifecycle log (C2SP tlog-checkpoint).",
    scope: Scope::Read,
    query: &[],
    takes: None,
    gives: Shape::of::<Checkpoint>,
    problems: &[],
};

/// A checkpoint.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Checkpoint {
    /// The signed note, to keep and to check the log against.
    checkpoint: String,
}

/// Shows it.
pub(super) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, .. }: Call,
) -> Result<Json<Checkpoint>, Problem> {
    demand(&web, &machine, None, Operation::ViewLog).await?;
    let served = web.app.log_checkpoint(LogName::Lifecycle).await;
    let served = served.map_err(|error| failure(Fault::Store(error)))?.ok_or_else(not_allowed)?;
    Ok(Json(Checkpoint { checkpoint: String::from_utf8_lossy(&served.bytes).into_owned() }))
}
