//! Firstkey over HTTP: pages, a JSON API and protocol endpoints on two origins.
//!
//! [`router`] is everything that is served. [`edge`] is what every request meets first; `join` is the
//! applicant's side, `console` everybody else's and `api` the programs'; [`problem`] says what went
//! wrong; [`page`] and the templates are what people see; `assets` are styles and scripts; [`serve`]
//! is the listeners, of which one may only [`redirect`].

mod api;
mod assets;
mod console;
pub mod edge;
mod fault;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod health;
mod join;
mod metrics;
mod nonce;
pub mod page;
pub mod problem;
mod proven;
mod redirect;
mod serve;
mod site;
mod spread;
mod web;

pub use api::{ENDPOINTS as API_ENDPOINTS, openapi};
pub use console::ENDPOINTS as CONSOLE_ENDPOINTS;
pub use health::Readiness;
pub use join::ENDPOINTS as JOIN_ENDPOINTS;
pub use redirect::redirect;
pub use serve::{Limits, Listener, serve};
pub use site::router;
pub use web::{Parts, Web};
