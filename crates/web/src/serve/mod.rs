//! The listener: it accepts as many connections as [`Limits`] allow, and survives when it cannot.

mod connection;
mod limits;
mod slots;

use std::{future::Future, io, net::SocketAddr, pin::pin, time::Duration};

use axum::Router;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, watch},
    task::JoinSet,
    time::Instant,
};

use self::{connection::Served, slots::Slots};
use crate::edge::{Peer, Rate, Throttle, TrustedProxies};

pub use limits::Limits;

/// How long answers may still take when the process is asked to stop.
const DRAIN_TIME: Duration = Duration::from_secs(10);
/// After a refused `accept` (too many open files, as a rule), how long to let others finish.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// How often each kind of trouble is logged: whoever floods connections shall not flood the log.
const TROUBLE: Rate = Rate { burst: 1, refill: Duration::from_secs(10) };

/// Serves until `stop` is done; then lets answers finish for ten seconds.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    proxies: TrustedProxies,
    stop: impl Future<Output = ()>,
) {
    let (stopping, stopped) = watch::channel(false);
    let served = Served { router, limits, stopped };
    let slots = Slots::new(&limits, proxies);
    let troubles = Troubles::new();
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &slots, &troubles) => match accepted {
                Ok((free, stream, peer)) => match slots.take(free, peer.ip()) {
                    Some(slot) => {
                        connections.spawn(served.clone().connection(stream, Peer(peer), slot));
                    }
                    None => troubles.client_holds_too_many(),
                },
                Err(error) => {
                    troubles.accept_failed(&error);
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
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

/// The next connection, as soon as there is room for one more.
async fn accept(
    listener: &TcpListener,
    slots: &Slots,
    troubles: &Troubles,
) -> io::Result<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    if slots.are_full() {
        troubles.listener_is_full();
    }
    let free = slots.free().await;
    let (stream, peer) = listener.accept().await?;
    Ok((free, stream, peer))
}

/// What goes wrong here, told now and then.
struct Troubles {
    since: Instant,
    told: Throttle<&'static str>,
}

impl Troubles {
    fn new() -> Self {
        Self { since: Instant::now(), told: Throttle::new(TROUBLE, 8) }
    }

    fn listener_is_full(&self) {
        if self.may_tell("listener_full") {
            tracing::warn!(event = "listener_full");
        }
    }

    fn client_holds_too_many(&self) {
        if self.may_tell("client_over_limit") {
            tracing::warn!(event = "client_over_limit");
        }
    }

    fn accept_failed(&self, error: &io::Error) {
        if self.may_tell("accept_failed") {
            tracing::warn!(event = "accept_failed", %error);
        }
    }

    fn may_tell(&self, event: &'static str) -> bool {
        self.told.take(event, self.since.elapsed())
    }
}
