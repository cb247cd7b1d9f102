//! Who holds how many connections.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Limits;
use crate::edge::{Network, TrustedProxies};

/// The places that connections take.
pub(super) struct Slots {
    all: Arc<Semaphore>,
    held: Arc<Held>,
    per_client: usize,
    proxies: TrustedProxies,
}

/// How many each client holds. Clients that hold none are not in it, so it cannot outgrow the
/// connections.
#[derive(Default)]
struct Held(Mutex<HashMap<Network, usize>>);

impl Held {
    fn lock(&self) -> MutexGuard<'_, HashMap<Network, usize>> {
        // The map is whole between any two statements.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place that a connection holds until it is dropped.
pub(super) struct Slot {
    _one: OwnedSemaphorePermit,
    share: Option<Share>,
}

struct Share {
    held: Arc<Held>,
    client: Network,
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut held = self.held.lock();
        if let Some(count) = held.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.client);
            }
        }
    }
}

impl Slot {
    /// Whether a trusted proxy holds it.
    pub(super) const fn is_proxys(&self) -> bool {
        self.share.is_none()
    }
}

impl Slots {
    pub(super) fn new(limits: &Limits, proxies: TrustedProxies) -> Self {
        Self {
            all: Arc::new(Semaphore::new(limits.connections)),
            held: Arc::default(),
            per_client: limits.per_client,
            proxies,
        }
    }

    /// Whether the next connection has to wait.
    pub(super) fn are_full(&self) -> bool {
        self.all.available_permits() == 0
    }

    /// Waits until one more connection may be accepted.
    pub(super) async fn free(&self) -> OwnedSemaphorePermit {
        match Arc::clone(&self.all).acquire_owned().await {
            Ok(free) => free,
            // Nobody closes the semaphore.
            Err(_) => std::future::pending().await,
        }
    }

    /// Takes it for a connection from this address, unless its client holds too many.
    pub(super) fn take(&self, free: OwnedSemaphorePermit, peer: IpAddr) -> Option<Slot> {
        if self.proxies.contains(peer) {
            return Some(Slot { _one: free, share: None });
        }
        let client = Network::around(peer);
        let mut held = self.held.lock();
        let count = held.entry(client).or_default();
        if *count >= self.per_client {
            return None;
        }
        *count += 1;
        let share = Share { held: Arc::clone(&self.held), client };
        Some(Slot { _one: free, share: Some(share) })
    }
}
