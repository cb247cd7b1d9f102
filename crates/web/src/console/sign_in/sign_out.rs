//! `POST /sign-out`: ends this session.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect},
};
use firstkey_app::{Backend, signing_in::SignOut};

use crate::{
    Web,
    console::{
        cookie,
        door::{Acting, Nothing},
    },
    fault::failure,
    problem::Problem,
};

/// Ends the session with which this is asked.
pub(in crate::console) async fn sign_out<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    let command = SignOut { person: session.person_id(), session: session.id };
    web.app.run(&command).await.map_err(failure)?;
    Ok((cookie::clear(), Redirect::to("/sign-in")))
}
