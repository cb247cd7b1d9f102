//! What every request meets before it means anything: names, limits, headers, logs.

mod access_log;
mod client;
mod dressed;
mod headers;
mod json;
mod network;
mod origin;
mod recent;
mod related;
mod split;
mod streams;
mod throttle;
mod timeout;

pub use client::{Client, Peer, TrustedProxies};
pub use json::Json;
pub use network::{Network, NetworkError};
pub use origin::{Origin, OriginError};
pub use split::split;
pub use throttle::{Rate, Throttle};

pub(crate) use dressed::dressed;
pub(crate) use headers::{console_headers, join_headers};
pub(crate) use json::{bytes, is_json, read};
pub(crate) use recent::Recent;
pub(crate) use related::routes as related_origins;
pub(crate) use streams::{Stream, Streams};

/// The longest body that is read, in bytes. Answers of WebAuthn with attestation stay below 16 KiB.
pub const MAX_BODY: usize = 64 * 1024;
