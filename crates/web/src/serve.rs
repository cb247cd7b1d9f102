//! The listener: HTTP/1.1 with limits on everything that a client may make us wait for or hold.

use std::{convert::Infallible, future::Future, io, pin::pin, time::Duration};

use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tower::ServiceExt;

use crate::edge::Peer;

/// The longest that a client may take to send the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// The longest head of a request, in bytes, and how many fields it may have.
const HEAD_BYTES: usize = 32 * 1024;
const HEAD_FIELDS: usize = 64;
/// How long answers may still take when the process is asked to stop.
const DRAIN_TIME: Duration = Duration::from_secs(10);
/// After a refused `accept` (too many open files, as a rule), how long to let others finish.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` is done; then lets answers finish for ten seconds.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let (stopping, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => {
                    connections.spawn(connection(stream, Peer(address), router.clone(), stopped.clone()));
                }
                Err(error) => refused(&error).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    // Fails only when no connection is left to hear it.
    let _ = stopping.send(true);
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN_TIME, drained).await.is_err() {
        connections.shutdown().await;
    }
}

async fn refused(error: &io::Error) {
    tracing::warn!(event = "accept_failed", %error);
    tokio::time::sleep(ACCEPT_PAUSE).await;
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    // Without it small answers would wait for acknowledgements; failing costs only time.
    let _ = stream.set_nodelay(true);
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
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_FIELDS)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    // Errors here are clients that went away or sent no HTTP; there is nobody left to tell.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
