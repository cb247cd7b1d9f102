//! Every endpoint of the API.

use axum::{
    Router,
    routing::{get, post},
};
use firstkey_app::Backend;

use super::{acts, doc::Doc, enrollments, figures, joiners, log, open, outbox, people, policy};
use crate::Web;

macro_rules! endpoints {
    ($($method:ident $path:literal => $($module:ident)::+;)+) => {
        /// Every endpoint: its method and its address. A test asks each as everybody there is, and fails
        /// when one is missing from its table.
        pub const ENDPOINTS: &[(&str, &str)] = &[$((stringify!($method), $path),)+];

        /// The same, with what the document says of each.
        pub(super) const DOCUMENTED: &[(&str, &str, &Doc)] =
            &[$((stringify!($method), $path, &$($module)::+::DOC),)+];

        /// Routes of the API.
        pub(super) fn routes<S: Backend>(web: &Web<S>) -> Router {
            Router::new()
                $(.route($path, $method($($module)::+::$method::<S>)))+
                .with_state(web.clone())
        }
    };
}

endpoints! {
    get "/api/v1/people" => people::list;
    get "/api/v1/people/{id}" => people::one;
    get "/api/v1/people/{id}/story" => people::story;
    post "/api/v1/people/{id}/enrollments" => enrollments::open;
    post "/api/v1/joiners" => joiners;
    get "/api/v1/enrollments" => enrollments::list;
    get "/api/v1/enrollments/{id}" => enrollments::one;
    post "/api/v1/enrollments/{id}/invitation" => enrollments::reinvite;
    post "/api/v1/enrollments/{id}/withdrawal" => enrollments::withdraw;
    get "/api/v1/open" => open;
    get "/api/v1/figures" => figures;
    get "/api/v1/outbox" => outbox::list;
    post "/api/v1/outbox/{id}/retry" => outbox::retry;
    get "/api/v1/policy" => policy;
    get "/api/v1/log/checkpoint" => log;
    post "/api/v1/acts" => acts;
}
