//! `POST /notice/{token}`: "this was not me". The passkey and its sessions stop at once.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firstkey_app::{Backend, own::SuspendAuthenticator};

use crate::{
    Web,
    console::{allowed::nothing_here, door::OurPage},
    fault::problem,
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/suspended.html")]
struct SuspendedPage {
    reader: Reader,
}

/// Suspends. Pressing twice is as good as once.
pub(in crate::console) async fn suspend<S: Backend>(
    State(web): State<Web<S>>,
    _: OurPage,
    Path(token): Path<String>,
    reader: Reader,
) -> Result<Response, Problem> {
    let command = SuspendAuthenticator { token };
    web.app.run(&command).await.map_err(|fault| problem(fault, |_| nothing_here()))?;
    Ok(show(&SuspendedPage { reader }))
}
