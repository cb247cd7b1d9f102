//! One listener, two origins (rule 14): which of them a request is for is decided by its name alone. The
//! RP ID's own name, which may be a third one, has a single document.

use std::sync::Arc;

use axum::{Router, extract::Request, response::IntoResponse};
use tower::ServiceExt;

use super::{Origin, related};
use crate::{
    page::Reader,
    problem::{Audience, Kind, Problem},
};

/// Sends requests to the router of the origin that they name, and those for the document of the RP ID to
/// its router. Requests for any other name are misdirected (RFC 9110 §15.5.20), so a name that somebody
/// else points here serves nothing.
pub fn split(
    join: (Origin, Router),
    console: (Origin, Router),
    document: (String, Router),
) -> Router {
    // Shared, because a handler is copied for each request.
    let sites = Arc::new(([join, console], document));
    Router::new().fallback(async move |request: Request| {
        let (sites, (rp_id, document)) = &*sites;
        let router = if related::is_for(rp_id, &request) {
            Some(document)
        } else {
            let meant = sites.iter().find(|(origin, _)| origin.is_host_of(request.headers()));
            meant.map(|(_, router)| router)
        };
        let Some(router) = router else {
            let refused = Problem::new(Kind::WrongHost).into_response();
            return Audience::of(request.headers(), Reader::of_request(&request)).shown(refused);
        };
        match router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    })
}
