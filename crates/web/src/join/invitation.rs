//! `GET /i/{locator}`: the page behind a link. Looking changes nothing, however often mail scanners do.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use firstkey_app::{
    Backend, Locator,
    inviting::{InvitationView, LookAnswer},
};

use super::page::{JoinPage, LaterPage};
use crate::{
    Web,
    edge::Client,
    fault::failure,
    page::{Reader, show},
    problem::{Kind, Problem},
};

/// Shows who expects the reader, or that the link is not active: one page for unknown, replaced,
/// withdrawn, expired and used ones.
pub(crate) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Path(locator): Path<String>,
    client: Client,
    reader: Reader,
) -> Result<Response, Problem> {
    // Only guessing is slowed: whoever holds a link is served, also beside somebody who guesses.
    if Locator::from_text(&locator, web.app.keys()).is_err() && !web.may_look(client.0) {
        return Err(Problem::new(Kind::Throttled).retry_after(60));
    }
    match web.app.look(&locator).await.map_err(failure)? {
        LookAnswer::Active(view) if web.app.now() < view.from => {
            Ok(show(&LaterPage::new(reader, &view)))
        }
        LookAnswer::Active(view) => Ok(shown(&web, reader, locator, Some(&view))),
        LookAnswer::NotActive => {
            web.missed(client.0);
            let page = shown(&web, reader, locator, None);
            Ok((StatusCode::NOT_FOUND, page).into_response())
        }
    }
}

fn shown<S: Backend>(
    web: &Web<S>,
    reader: Reader,
    locator: String,
    view: Option<&InvitationView>,
) -> Response {
    show(&JoinPage::new(reader, web.app.site(), locator, view))
}
