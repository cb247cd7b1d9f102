//! The listeners: they accept as many connections as [`Limits`] allow, and survive when they cannot.

mod connection;
mod limits;
mod listeners;
mod slots;

use std::{future::Future, io, net::SocketAddr, pin::pin, time::Duration};

use tokio::{
    net::TcpStream,
    sync::{OwnedSemaphorePermit, watch},
    task::JoinSet,
    time::Instant,
};

use self::{connection::Served, listeners::Listeners, slots::Slots};
use crate::edge::{Peer, Rate, Throttle, TrustedProxies};

pub use limits::Limits;
pub use listeners::Listener;

/// How long answers may still take when the process is asked to stop.
const DRAIN_TIME: Duration = Duration::from_secs(10);
/// After a refused `accept` (too many open files, as a rule), how long to let others finish.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// How often each kind of trouble is logged: whoever floods connections shall not flood the log.
const TROUBLE: Rate = Rate { burst: 1, refill: Duration::from_secs(10) };

/// Serves on all listeners, which share the limits, until `stop` is done; then lets answers finish for
/// ten seconds. What was connected by then and not accepted stays with the socket, for whoever holds it too.
pub async fn serve(
    listeners: Vec<Listener>,
    limits: Limits,
    proxies: TrustedProxies,
    stop: impl Future<Output = ()>,
) {
    let (stopping, stopped) = watch::channel(false);
    let mut listeners = Listeners::new(listeners, limits, &stopped);
    let slots = Slots::new(&limits, proxies);
    let troubles = Troubles::new();
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = accept(&mut listeners, &slots, &troubles) => match accepted {
                Ok((free, served, stream, peer)) => match slots.take(free, peer.ip()) {
                    Some(slot) => {
                        connections.spawn(served.connection(stream, Peer(peer), slot));
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
    drop(listeners);
    // Fails only when no connection is left to hear it.
    let _ = stopping.send(true);
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN_TIME, drained).await.is_err() {
        connections.shutdown().await;
    }
}

/// The next connection, as soon as there is room for one more.
async fn accept(
    listeners: &mut Listeners,
    slots: &Slots,
    troubles: &Troubles,
) -> io::Result<(OwnedSemaphorePermit, Served, TcpStream, SocketAddr)> {
    if slots.are_full() {
        troubles.listener_is_full();
    }
    let free = slots.free().await;
    let (served, stream, peer) = listeners.accept().await?;
    Ok((free, served, stream, peer))
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
