//! `POST /sign-out-everywhere`: ends all of one's own sessions.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect},
};
use firstkey_app::{Backend, signing_in::SignOutEverywhere};

use crate::{
    Web,
    console::{
        cookie,
        door::{Acting, Nothing},
    },
    fault::failure,
    problem::Problem,
};

/// Ends every session of whoever asks, this one included.
pub(in crate::console) async fn sign_out_everywhere<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    web.app.run(&SignOutEverywhere { person: session.person_id() }).await.map_err(failure)?;
    Ok((cookie::clear(), Redirect::to("/sign-in")))
}
