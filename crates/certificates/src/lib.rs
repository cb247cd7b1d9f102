//! The certificate under which a server is reached, and its key: read, judged, served, and replaced
//! while connections go on.
//!
//! A [`Pair`] is read from PEM text or [`Files`] and judged by [`Pair::fits`]. [`Kept`] holds the one that
//! is served; [`server_config`] makes rustls ask it at each handshake, so a replaced pair counts from the
//! next connection on and disturbs none that is open. [`Acme`] has pairs signed by an authority.

mod acme;
mod files;
mod kept;
mod names;
mod pair;
mod serving;

pub use acme::{Acme, AcmeError};
pub use files::{Contents, Files, FilesError};
pub use kept::Kept;
pub use pair::{Pair, PairError, Unfit};
pub use serving::server_config;
