//! One connection: HTTP/1.1, over TLS or not, with limits on everything that a client may make us wait
//! for or hold.

use std::{
    convert::Infallible,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::{Notify, watch},
};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig, server::TlsStream};
use tower::ServiceExt;

use super::{Limits, slots::Slot};
use crate::edge::Peer;

/// The longest head of a request, in bytes, and how many fields it may have.
const HEAD_BYTES: usize = 32 * 1024;
const HEAD_FIELDS: usize = 64;
/// How long a connection without a request waits for its first one when the process is asked to stop.
const FIRST_TIME: Duration = Duration::from_secs(2);

/// What all connections of a listener share.
#[derive(Clone)]
pub(super) struct Served {
    pub(super) router: Router,
    pub(super) tls: Option<Arc<ServerConfig>>,
    pub(super) limits: Limits,
    pub(super) stopped: watch::Receiver<bool>,
}

/// A connection whose client has to take what it is sent.
type Plain = Pin<Box<TimeoutStream<TcpStream>>>;

impl Served {
    /// Serves a connection until it ends; it holds its slot for as long.
    pub(super) async fn connection(mut self, stream: TcpStream, peer: Peer, slot: Slot) {
        // Without it small answers would wait for acknowledgements; failing costs only time.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.limits.write_time));
        let stream: Plain = Box::pin(stream);
        match self.tls.take() {
            None => self.http(stream, peer, &slot).await,
            // Apart, so that it makes a connection without TLS no larger.
            Some(tls) => {
                Box::pin(async {
                    if let Some(stream) = self.handshake(tls, stream).await {
                        self.http(stream, peer, &slot).await;
                    }
                })
                .await;
            }
        }
        drop(slot);
    }

    /// Shakes hands, for no longer than the head of a request may take. Whoever does not get there went
    /// away, speaks something else, or is too slow; there is nobody to tell. Who agreed on something else
    /// than HTTP has seen all there is: an authority that looks for a proof (RFC 8737 §3).
    async fn handshake(&self, tls: Arc<ServerConfig>, stream: Plain) -> Option<TlsStream<Plain>> {
        let shaken = TlsAcceptor::from(tls).accept(stream);
        let stream = tokio::time::timeout(self.limits.head_time, shaken).await.ok()?.ok()?;
        let agreed = stream.get_ref().1.alpn_protocol();
        agreed.is_none_or(|agreed| agreed == b"http/1.1").then_some(stream)
    }

    async fn http(mut self, stream: impl AsyncRead + AsyncWrite + Unpin, peer: Peer, slot: &Slot) {
        let (router, asked) = (self.router, Notify::new());
        let service = service_fn(|request: Request<Incoming>| {
            asked.notify_one();
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
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        // Errors here are clients that went away, stalled, or sent no HTTP; there is nobody to tell.
        tokio::select! {
            _ = connection.as_mut() => {}
            _ = self.stopped.changed() => {
                // Asked to finish, hyper closes a connection on which nothing came yet. Its first request
                // may be on the way.
                tokio::select! {
                    _ = connection.as_mut() => return,
                    () = asked.notified() => {}
                    () = tokio::time::sleep(FIRST_TIME) => {}
                }
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            }
        }
    }
}
