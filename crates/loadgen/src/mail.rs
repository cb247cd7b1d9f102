//! The mail relay of the server under test: keeps each address's newest link.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use firstkey_demo::mailbox::{Mailbox, ReceivedLetter, SmtpSink};
use tokio::{net::TcpListener, time::sleep};

use crate::Fallible;

/// How often new letters are looked for: before the mailbox forgets any.
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// For how many seconds no letter may come while some are waited for.
const PATIENCE: u32 = 60;

/// What has arrived.
#[derive(Debug, Clone)]
pub struct Letters {
    /// Where the relay listens.
    pub relay: SocketAddr,
    links: Arc<Mutex<HashMap<String, String>>>,
    count: Arc<AtomicU64>,
}

impl Letters {
    /// Starts the relay.
    pub async fn receive() -> Fallible<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let relay = listener.local_addr()?;
        let letters = Self { relay, links: Arc::default(), count: Arc::default() };
        let mailbox = Mailbox::new();
        tokio::spawn(SmtpSink::new(mailbox.clone()).serve(listener));
        tokio::spawn(collect(mailbox, letters.clone()));
        Ok(letters)
    }

    /// How many have arrived.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Waits for the invitations of all these addresses and gives their locators, in order. `None`
    /// when letters have stopped coming before all were there.
    pub async fn locators(&self, addresses: &[String]) -> Option<Vec<String>> {
        let (mut stalled, mut before) = (0, 0);
        while stalled < PATIENCE {
            if let Some(found) = self.found(addresses) {
                return Some(found);
            }
            let now = self.count();
            stalled = if now == before { stalled + 1 } else { 0 };
            before = now;
            sleep(Duration::from_secs(1)).await;
        }
        None
    }

    fn found(&self, addresses: &[String]) -> Option<Vec<String>> {
        let links = self.lock();
        addresses.iter().map(|address| links.get(address).cloned()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn collect(mailbox: Mailbox, letters: Letters) {
    let mut next = 1;
    loop {
        while let Some(letter) = mailbox.letter(next) {
            if let Some(locator) = locator(&letter) {
                let to = letter.to.iter().map(|to| (to.clone(), locator.to_owned()));
                letters.lock().extend(to);
            }
            letters.count.store(next, Ordering::Relaxed);
            next += 1;
        }
        sleep(LOOK_EVERY).await;
    }
}

/// The last part of an invitation's link.
fn locator(letter: &ReceivedLetter) -> Option<&str> {
    let rest = letter.text.split_once("/i/")?.1;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches('.'))
}
