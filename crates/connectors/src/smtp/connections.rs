//! Connections to the relay, kept for a while and used again.
//!
//! The mail library's own pool takes back a connection whose letter was given up half way, and the
//! next letter then reads the last one's answers as its own. Here only a connection whose letter was
//! acknowledged is ever used again.

use std::{io, sync::Mutex, time::Duration};

use firstkey_ports::ChannelError;
use lettre::{
    message::Mailbox,
    transport::smtp::{
        authentication::Mechanism,
        client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters},
        extension::ClientId,
    },
};
use tokio::{net::TcpStream, time::Instant};

use super::{SmtpConfig, SmtpConfigError, SmtpTls, clear::ClearStream, failure};

/// How long a connection is worth keeping. Relays close idle ones after a few minutes.
const IDLE: Duration = Duration::from_secs(60);

pub(super) struct Connections {
    config: SmtpConfig,
    tls: Option<TlsParameters>,
    hello: ClientId,
    idle: Mutex<Vec<(Instant, AsyncSmtpConnection)>>,
}

/// A stream that sends at once. The mail library writes a letter and its final dot apart, and the
/// dot would wait 40 ms for the letter's acknowledgement (RFC 896 with RFC 1122 §4.2.3.2).
async fn prompt_stream(relay: (&str, u16)) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(relay).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

impl Connections {
    pub(super) fn new(config: SmtpConfig, from: &Mailbox) -> Result<Self, SmtpConfigError> {
        let tls = config.tls_parameters()?;
        let hello = ClientId::Domain(from.email.domain().to_owned());
        Ok(Self { config, tls, hello, idle: Mutex::default() })
    }

    /// Keeps a connection whose letter was acknowledged.
    pub(super) fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.lock();
        idle.retain(|(since, _)| since.elapsed() < IDLE);
        if idle.len() < self.config.keep {
            idle.push((Instant::now(), connection));
        }
    }

    /// One that was kept.
    pub(super) fn take(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.lock();
        idle.retain(|(since, _)| since.elapsed() < IDLE);
        idle.pop().map(|(_, connection)| connection)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(Instant, AsyncSmtpConnection)>> {
        // Nothing under the lock leaves the list half changed.
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// A new one.
    pub(super) async fn open(&self) -> Result<AsyncSmtpConnection, ChannelError> {
        let relay = (self.config.host.as_str(), self.config.port);
        let (implicit, starttls) = match self.config.tls {
            SmtpTls::Implicit => (self.tls.clone(), None),
            SmtpTls::Starttls => (None, self.tls.clone()),
            SmtpTls::None => (None, None),
        };
        let connecting = |error| failure::connecting(&error);
        let mut connection = if implicit.is_some() {
            let deadline = Some(self.config.deadline);
            AsyncSmtpConnection::connect_tokio1(relay, deadline, &self.hello, implicit, None)
                .await
                .map_err(connecting)?
        } else {
            let stream = prompt_stream(relay).await.map_err(failure::reaching)?;
            let stream: Box<dyn AsyncTokioStream> = if starttls.is_some() {
                Box::new(ClearStream::new(stream))
            } else {
                Box::new(stream)
            };
            AsyncSmtpConnection::connect_with_transport(stream, &self.hello)
                .await
                .map_err(connecting)?
        };
        if let Some(tls) = starttls {
            // Fails when it is not offered, so that nobody on the way can talk us out of it.
            connection.starttls(tls, &self.hello).await.map_err(connecting)?;
        }
        if let Some(credentials) = &self.config.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, &credentials.to_wire()).await.map_err(connecting)?;
        }
        Ok(connection)
    }
}
