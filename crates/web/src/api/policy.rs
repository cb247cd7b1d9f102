//! `GET /api/v1/policy`: the policy in force.

use axum::{Json, extract::State};
use firstkey_app::Backend;
use firstkey_domain::machine_key::Scope;
use firstkey_policy::Operation;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    allowed::demand,
    call::Call,
    doc::{Doc, Shape},
};
use crate::{Web, fault::failure, problem::Problem};

pub(super) const DOC: Doc = Doc {
    summary: "The policy in force.",
    scope: Scope::Policy,
    query: &[],
    takes: None,
    gives: Shape::of::<PolicyInForce>,
    problems: &[],
};

/// A policy.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PolicyInForce {
    /// Which it is, counted from 1.
    revision: u64,
    /// The digest by which decisions and receipts name it.
    digest: String,
    /// The Cedar text.
    text: String,
}

/// Shows it.
pub(super) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, .. }: Call,
) -> Result<Json<PolicyInForce>, Problem> {
    demand(&web, &machine, None, Operation::ViewPolicy).await?;
    let policy = web.app.policy_text().await.map_err(failure)?;
    Ok(Json(PolicyInForce {
        revision: policy.revision,
        digest: policy.digest.to_string(),
        text: policy.text,
    }))
}
