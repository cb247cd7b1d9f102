//! The sockets on which the server listens: its own, or those that systemd passes (`sd_listen_fds(3)`).
//!
//! A passed socket outlives the process: whoever connects while the server restarts waits in it and is not
//! refused. Which is which shows in its port, so that the configuration alone says what is served.

use std::{io, net};

use listenfd::ListenFd;
use tokio::net::TcpListener;

use crate::{commands::CommandError, config::Config};

/// The sockets on which the server listens.
pub struct Sockets {
    /// For the site.
    pub site: TcpListener,
    /// For leading plain HTTP to HTTPS.
    pub redirect: Option<TcpListener>,
}

impl Sockets {
    /// Takes those that systemd passed, and opens what it did not.
    pub async fn open(config: &Config) -> Result<Self, CommandError> {
        let (listen, redirect) =
            (config.server.listen, config.redirect().map_err(CommandError::failed)?);
        let (mut passed_site, mut passed_redirect) = (None, None);
        for socket in passed()? {
            let address = socket.local_addr()?;
            let place = if address.port() == listen.port() {
                config.check_exposure(address)?;
                &mut passed_site
            } else if redirect.is_some_and(|redirect| redirect.port() == address.port()) {
                &mut passed_redirect
            } else {
                return Err(CommandError::said(format!(
                    "systemd passed a socket on {address}, and neither server.listen nor tls.redirect \
                     has this port"
                )));
            };
            socket.set_nonblocking(true)?;
            if place.replace(TcpListener::from_std(socket)?).is_some() {
                return Err(CommandError::said(format!(
                    "systemd passed two sockets on port {}; one, such as [::]:{0}, is enough for IPv4 \
                     and IPv6",
                    address.port()
                )));
            }
        }
        let site = match passed_site {
            Some(socket) => socket,
            None => bind(listen).await?,
        };
        let redirect = match (passed_redirect, redirect) {
            (None, Some(address)) => Some(bind(address).await?),
            (passed, _) => passed,
        };
        Ok(Self { site, redirect })
    }
}

fn passed() -> io::Result<Vec<net::TcpListener>> {
    let mut sockets = ListenFd::from_env();
    let all = (0..sockets.len()).map(|index| sockets.take_tcp_listener(index));
    Ok(all.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

async fn bind(address: net::SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address).await.map_err(|error| {
        let hint = if error.kind() == io::ErrorKind::PermissionDenied {
            "; ports below 1024 are for root: let systemd pass the socket (firstkey.socket)"
        } else {
            ""
        };
        CommandError::said(format!("cannot listen on {address}: {error}{hint}"))
    })
}
