//! The operators' origin: signing in, vouching, one's own passkeys, people, enrollments, figures.
//!
//! `routes` is the list of everything. `door` says who asks, and whether from one of our own pages;
//! `allowed` asks policy; each folder is a part of the console, with one file for each endpoint.

mod acts;
mod advice;
mod allowed;
mod browser;
mod chart;
mod clearance;
mod cookie;
mod done;
mod door;
mod enrollments;
mod export;
mod figures;
mod frame;
mod fresh;
mod known;
mod language;
mod live;
mod log;
mod machine_keys;
mod me;
mod models;
mod moment;
mod names;
mod notice;
mod paging;
mod people;
mod press;
mod record;
mod refused;
mod roles;
mod routes;
mod sign_in;
mod start;
mod story;
mod waiting;
mod wish;

pub(crate) use door::Id;
pub(crate) use language::reader;
pub use routes::ENDPOINTS;
pub(crate) use routes::routes;
