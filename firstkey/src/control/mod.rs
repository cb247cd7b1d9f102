//! Commands to a running server, over a socket in its data folder (mode 0600). Whoever may open it is
//! `host:<user>` in the log.

mod act;
mod client;
mod policy;
mod request;
mod server;

pub use act::act;
pub use client::{Connection, connect};
pub use request::{NewAdministrator, Request, Response};
pub use server::serve;
