//! One connection: HTTP/1.1 with limits on everything that a client may make us wait for or hold.

use std::{convert::Infallible, pin::pin};

use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpStream, sync::watch};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::{Limits, slots::Slot};
use crate::edge::Peer;

/// The longest head of a request, in bytes, and how many fields it may have.
const HEAD_BYTES: usize = 32 * 1024;
const HEAD_FIELDS: usize = 64;

/// What all connections share.
#[derive(Clone)]
pub(super) struct Served {
    pub(super) router: Router,
    pub(super) limits: Limits,
    pub(super) stopped: watch::Receiver<bool>,
}

impl Served {
    /// Serves a connection until it ends; it holds its slot for as long.
    pub(super) async fn connection(mut self, stream: TcpStream, peer: Peer, slot: Slot) {
        // Without it small answers would wait for acknowledgements; failing costs only time.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.limits.write_time));
        let router = self.router;
        let service = service_fn(move |request: Request<Incoming>| {
            let router = router.clone();
            async move {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(peer);
                router.oneshot(request).await as Result<_, Infallible>
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            // It also runs between requests, so that an idle connection ends.
            .header_read_timeout(if slot.is_proxys() {
                self.limits.proxy_head_time
            } else {
                self.limits.head_time
            })
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEAD_FIELDS)
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        let mut connection = pin!(connection);
        // Errors here are clients that went away, stalled, or sent no HTTP; there is nobody to tell.
        tokio::select! {
            _ = connection.as_mut() => {}
            _ = self.stopped.changed() => {
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            }
        }
        drop(slot);
    }
}
