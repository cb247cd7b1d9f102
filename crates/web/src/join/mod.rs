//! The applicant's side: the page behind a link, and the API that its script speaks to. Every call of
//! the API is signed by the browser's key (rule 7).

mod address;
mod begin;
mod bind;
mod confirm;
mod invitation;
mod live;
mod moving;
mod nonce;
mod page;
mod pass;
mod picture;
mod progress;
mod proven;
mod receipt;
mod registration;
mod standing;
mod unexpected;

use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{get, post},
};
use firstkey_app::Backend;

use crate::Web;

/// Routes of the join origin.
pub(crate) fn routes<S: Backend>(web: &Web<S>) -> Router {
    let api = Router::new()
        .route("/api/join/begin", post(begin::post::<S>))
        .route("/api/join/unexpected", post(unexpected::post::<S>))
        .route("/api/join/attempts/{attempt}", get(standing::get::<S>))
        .route("/api/join/attempts/{attempt}/live", get(live::get::<S>))
        .route("/api/join/attempts/{attempt}/move", post(moving::post::<S>))
        .route("/api/join/attempts/{attempt}/pass", post(pass::post::<S>))
        .route("/api/join/attempts/{attempt}/registration", post(registration::post::<S>))
        .route("/api/join/attempts/{attempt}/confirm", post(confirm::post::<S>))
        .route("/api/join/attempts/{attempt}/bind", post(bind::post::<S>))
        .route("/api/join/attempts/{attempt}/receipt", get(receipt::get::<S>))
        .layer(from_fn_with_state(web.clone(), nonce::add::<S>));
    Router::new()
        .route("/i/{locator}", get(invitation::get::<S>))
        .route("/i/{locator}/picture.svg", get(picture::get::<S>))
        .merge(api)
        .with_state(web.clone())
}
