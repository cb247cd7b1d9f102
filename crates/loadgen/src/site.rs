//! The names under which the server under test is reached.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use crate::Fallible;

/// Where the server under test listens, and under which names.
#[derive(Debug, Clone)]
pub struct Site {
    /// The listener.
    pub address: SocketAddr,
    /// `Host` of the applicants' side.
    pub join_host: String,
    /// `Host` of the operators' side.
    pub console_host: String,
    /// Origin of the applicants' side.
    pub join: String,
    /// Origin of the operators' side.
    pub console: String,
}

impl Site {
    /// The default names on a port that is free now.
    pub fn on_free_port() -> Fallible<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let host = |name| format!("{name}.firstkey.localhost:{}", address.port());
        let (join_host, console_host) = (host("join"), host("console"));
        Ok(Self {
            address,
            join: format!("http://{join_host}"),
            console: format!("http://{console_host}"),
            join_host,
            console_host,
        })
    }
}
