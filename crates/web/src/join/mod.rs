//! The applicant's side: the page behind a link, and the API that its script speaks to. Every call of
//! the API is signed by the browser's key (rule 7).

mod address;
mod begin;
mod bind;
mod confirm;
#[cfg(any(fuzzing, test))]
pub(crate) mod fuzzing;
mod handover;
mod invitation;
mod live;
mod moving;
mod page;
mod pass;
mod picture;
mod progress;
mod proven;
mod receipt;
mod registration;
mod standing;
mod unexpected;
mod unsuitable;

use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{get, post},
};
use firstkey_app::Backend;

use crate::{Web, nonce};

macro_rules! endpoints {
    (pages { $($page_method:ident $page:literal => $($page_handler:ident)::+;)+ }
     api { $($method:ident $path:literal => $($handler:ident)::+;)+ }) => {
        /// Every endpoint: its method and its address. A test asks each as everybody there is, and fails
        /// when one is missing from its table.
        pub const ENDPOINTS: &[(&str, &str)] = &[
            $((stringify!($page_method), $page),)+
            $((stringify!($method), $path),)+
        ];

        /// Routes of the join origin.
        pub(crate) fn routes<S: Backend>(web: &Web<S>) -> Router {
            let api = Router::new()
                $(.route($path, $method($($handler)::+::<S>)))+
                .layer(from_fn_with_state(web.clone(), nonce::add::<S>));
            Router::new()
                $(.route($page, $page_method($($page_handler)::+::<S>)))+
                .merge(api)
                .with_state(web.clone())
        }
    };
}

endpoints! {
    pages {
        get "/i/{locator}" => invitation::get;
        get "/i/{locator}/picture.svg" => picture::get;
        get "/handover" => handover::get;
    }
    api {
        post "/api/join/begin" => begin::post;
        post "/api/join/unexpected" => unexpected::post;
        get "/api/join/attempts/{attempt}" => standing::get;
        get "/api/join/attempts/{attempt}/live" => live::get;
        post "/api/join/attempts/{attempt}/move" => moving::post;
        post "/api/join/attempts/{attempt}/handover" => handover::post;
        post "/api/join/attempts/{attempt}/pass" => pass::post;
        post "/api/join/attempts/{attempt}/registration" => registration::post;
        post "/api/join/attempts/{attempt}/confirm" => confirm::post;
        post "/api/join/attempts/{attempt}/bind" => bind::post;
        get "/api/join/attempts/{attempt}/receipt" => receipt::get;
    }
}
