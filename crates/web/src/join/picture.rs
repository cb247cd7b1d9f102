//! `GET /i/{locator}/picture.svg`: a link as a picture. Few readers need it, those whose browser cannot
//! go on, so the page does not carry it.

use axum::{
    extract::{Path, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use firstkey_app::{Backend, Locator};

use crate::{
    Web,
    page::QrCode,
    problem::{Kind, Problem},
};

/// Draws a link of ours, active or not: it shows nothing but what was asked for.
pub(crate) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Path(locator): Path<String>,
) -> Result<Response, Problem> {
    Locator::from_text(&locator, web.app.keys()).map_err(|_| Problem::new(Kind::NotFound))?;
    let link = format!("{}/i/{locator}", web.join.as_str());
    let code = QrCode::of(&link).map_err(|_| Problem::new(Kind::Internal))?;
    Ok(([(CONTENT_TYPE, "image/svg+xml")], code.to_svg()).into_response())
}
