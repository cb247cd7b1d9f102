//! `POST /api/v1/outbox/{id}/retry`: has a dead message tried again. What is not dead stays as it is.

use axum::{extract::State, response::Response};
use firstkey_app::{Backend, duties::Replay};
use firstkey_domain::machine_key::Scope;
use firstkey_policy::Operation;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Web,
    api::{
        allowed::scope,
        answer::{refusal, respond, write},
        call::{Call, Nothing},
        doc::{Doc, Shape},
    },
    console::Id,
    problem::{Kind, Problem},
};

pub(in crate::api) const DOC: Doc = Doc {
    summary: "Has a message tried again that could not be delivered. Any other stays as it is.",
    scope: Scope::Outbox,
    query: &[],
    takes: Some(Shape::of::<Nothing>),
    gives: Shape::of::<Retried>,
    problems: &[Kind::IdempotencyKey, Kind::OtherRequest, Kind::Forbidden],
};

/// It is tried again if it was dead.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Retried {
    message: Uuid,
}

/// Has it tried again.
pub(in crate::api) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    Id(message): Id<Uuid>,
    Call { machine, asked, .. }: Call<Nothing>,
) -> Result<Response, Problem> {
    scope(&web, &machine, Operation::ReplayOutbox, false).await?;
    let replay = Replay { operator: machine.into(), message };
    let done = web.app.run_once(&replay, asked, |()| write(&Retried { message })).await;
    let forbidden = |_| Problem::new(Kind::Forbidden);
    Ok(respond(done.map_err(|fault| refusal(fault, forbidden))?))
}
