//! `POST /people/{id}/leave`: somebody left. Nothing of theirs works any more.

use axum::{extract::State, response::Redirect};
use firstkey_app::{Backend, people::MarkLeft};
use firstkey_domain::PersonId;

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

/// Records it.
pub(in crate::console) async fn leave<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Redirect, Problem> {
    let command = MarkLeft { operator: session.person_id(), person };
    web.app.run(&command).await.map_err(|fault| problem(fault, |_| nothing_here()))?;
    Ok(Done::Left.redirect(&format!("/people/{person}")))
}
