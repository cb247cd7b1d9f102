//! `POST /outbox/{id}/replay`: puts a dead message back.

use axum::{extract::State, response::Redirect};
use firstkey_app::{Backend, duties::Replay};
use uuid::Uuid;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id, Nothing},
    },
    fault::problem,
    problem::Problem,
};

/// Puts it back, to be tried at once. What is not dead stays as it is.
pub(in crate::console) async fn replay<S: Backend>(
    State(web): State<Web<S>>,
    Id(message): Id<Uuid>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Redirect, Problem> {
    let replayed = web.app.run(&Replay { operator: session.person_id().into(), message }).await;
    replayed.map_err(|fault| problem(fault, |_| nothing_here()))?;
    Ok(Done::Replayed.redirect("/outbox"))
}
