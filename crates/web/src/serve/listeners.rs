//! Several sockets, and what is served on each.

use std::{
    future::poll_fn,
    io,
    net::SocketAddr,
    sync::Arc,
    task::{Context, Poll},
};

use axum::Router;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tokio_rustls::rustls::ServerConfig;

use super::{Limits, connection::Served};

/// A socket, and what is served on it.
pub struct Listener {
    /// Where connections come in.
    pub socket: TcpListener,
    /// How TLS is spoken here, if it is.
    pub tls: Option<Arc<ServerConfig>>,
    /// What answers.
    pub router: Router,
}

/// All of them, asked in turn.
pub(super) struct Listeners {
    all: Vec<(TcpListener, Served)>,
    next: usize,
}

impl Listeners {
    pub(super) fn new(
        listeners: Vec<Listener>,
        limits: Limits,
        stopped: &watch::Receiver<bool>,
    ) -> Self {
        let served = |Listener { socket, tls, router }| {
            (socket, Served { router, tls, limits, stopped: stopped.clone() })
        };
        Self { all: listeners.into_iter().map(served).collect(), next: 0 }
    }

    /// The next connection of any.
    pub(super) async fn accept(&mut self) -> io::Result<(Served, TcpStream, SocketAddr)> {
        poll_fn(|context| self.poll_accept(context)).await
    }

    /// Begins with another one each time, so that one that is always busy does not shut out the rest.
    fn poll_accept(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<(Served, TcpStream, SocketAddr)>> {
        let count = self.all.len();
        for turn in 0..count {
            let index = (self.next + turn) % count;
            let (socket, served) = &self.all[index];
            if let Poll::Ready(accepted) = socket.poll_accept(context) {
                self.next = index + 1;
                return Poll::Ready(accepted.map(|(stream, peer)| (served.clone(), stream, peer)));
            }
        }
        Poll::Pending
    }
}
