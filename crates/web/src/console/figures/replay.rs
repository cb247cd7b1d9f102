//! `POST /outbox/{id}/replay`: puts a dead message back.

use axum::{extract::State, response::Redirect};
use firstkey_app::{Backend, Fault};
use firstkey_policy::Operation;
use uuid::Uuid;

use crate::{
    Web,
    console::{
        allowed::demand,
        done::Done,
        door::{Acting, Id, Nothing},
    },
    fault::failure,
    problem::Problem,
};

/// Puts it back, to be tried at once. What is not dead stays as it is.
pub(in crate::console) async fn replay<S: Backend>(
    State(web): State<Web<S>>,
    Id(id): Id<Uuid>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Redirect, Problem> {
    demand(&web, &session, None, Operation::ReplayOutbox).await?;
    let revived = web.app.store().revive(id, web.app.now()).await;
    revived.map_err(|error| failure(Fault::Commit(error)))?;
    tracing::info!(event = "outbox.replayed", message = %id, by = %session.person_id());
    Ok(Done::Replayed.redirect("/outbox"))
}
