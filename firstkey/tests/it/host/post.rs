//! The mail relay: a real SMTP server that outlives the servers whose letters it takes.

use std::{
    collections::{BTreeSet, HashMap},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use firstkey_demo::mailbox::{Mailbox, SmtpSink};
use tokio::runtime::Runtime;

/// How long a letter may take, with servers dying all the time.
const PATIENCE: Duration = Duration::from_secs(120);

/// Takes every letter.
pub struct Post {
    mailbox: Mailbox,
    port: u16,
    runtime: Runtime,
    invitations: Arc<Mutex<HashMap<String, Invitation>>>,
}

/// The invitation that somebody was sent, and the names under which it came.
#[derive(Clone)]
struct Invitation {
    locator: String,
    names: BTreeSet<String>,
}

impl Post {
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let mailbox = Mailbox::new();
        let sink = SmtpSink::new(mailbox.clone());
        runtime.spawn(async move {
            sink.serve(tokio::net::TcpListener::from_std(listener).unwrap()).await
        });
        Self { mailbox, port, runtime, invitations: Arc::default() }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Looks out for invitations to this address, before they are sent: the mailbox is small.
    pub fn watch(&self, address: &str) {
        let (mailbox, invitations) = (self.mailbox.clone(), self.invitations.clone());
        let address = address.to_owned();
        self.runtime.spawn(async move {
            let mut after = 0;
            loop {
                let letter = mailbox.next_for(&address, after).await;
                after = letter.number;
                if let Some((_, rest)) = letter.text.split_once("/i/") {
                    let locator = rest.split_whitespace().next().unwrap().to_owned();
                    let mut invitations = invitations.lock().unwrap();
                    let invitation = invitations
                        .entry(address.clone())
                        .or_insert(Invitation { locator, names: BTreeSet::new() });
                    invitation.names.insert(letter.message_id.clone());
                }
            }
        });
    }

    /// The locator in the invitation of whoever lives there. Waits for it.
    pub fn locator(&self, address: &str) -> String {
        let ends = Instant::now() + PATIENCE;
        loop {
            let invitation = self.invitations.lock().unwrap().get(address).cloned();
            if let Some(invitation) = invitation {
                return invitation.locator;
            }
            assert!(Instant::now() < ends, "no letter to {address}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Under how many names the invitation to this address came: one, however often it came.
    pub fn names(&self, address: &str) -> usize {
        self.invitations.lock().unwrap().get(address).map_or(0, |invitation| invitation.names.len())
    }
}
