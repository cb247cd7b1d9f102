//! Letters by SMTP (RFC 5321), to the organisation's own relay.
//!
//! TLS is required unless the relay is on this machine. No error repeats what the relay said: relays
//! quote addresses, and errors are kept and logged.

mod clear;
mod compose;
mod config;
mod connections;
mod credentials;
mod failure;

use firstkey_ports::{Channel, ChannelError, Clock, Letter};
use lettre::{
    Message,
    message::Mailbox,
    transport::smtp::{Error, client::AsyncSmtpConnection},
};

pub use config::{SmtpConfig, SmtpConfigError, SmtpTls};
pub use credentials::{MissingCredential, SmtpCredentials, SmtpPassword};

use self::connections::Connections;

/// Carries letters to a relay.
pub struct SmtpChannel<C> {
    connections: Connections,
    from: Mailbox,
    clock: C,
    deadline: std::time::Duration,
}

impl<C: Clock> SmtpChannel<C> {
    /// Checks the configuration. Nothing is connected yet: the relay may be down for now.
    pub fn new(config: SmtpConfig, clock: C) -> Result<Self, SmtpConfigError> {
        let from = config.sender()?;
        let deadline = config.deadline;
        Ok(Self { connections: Connections::new(config, &from)?, from, clock, deadline })
    }

    /// Whether the relay takes us: connects, with TLS and credentials as configured, and sends nothing.
    pub async fn greet(&self) -> Result<(), ChannelError> {
        let open = self.connections.open();
        let opened = tokio::time::timeout(self.deadline, open).await;
        let late =
            |_| ChannelError::Later(format!("the relay took longer than {:?}", self.deadline));
        self.connections.keep(opened.map_err(late)??);
        Ok(())
    }

    async fn deliver(&self, letter: &Letter) -> Result<(), ChannelError> {
        let message = compose::message(letter, &self.from, self.clock.read().wall)?;
        if let Some(kept) = self.connections.take() {
            match self.hand_over(kept, &message).await {
                // The relay may have had enough of this connection, and has many ways to say so.
                // Asking it first would cost a question for every letter.
                Err(error) if !error.is_client() => {}
                outcome => return outcome.map_err(|error| failure::sending(&error)),
            }
        }
        let new = self.connections.open().await?;
        self.hand_over(new, &message).await.map_err(|error| failure::sending(&error))
    }

    async fn hand_over(
        &self,
        mut connection: AsyncSmtpConnection,
        message: &Message,
    ) -> Result<(), Error> {
        // An error drops the connection, and so does the deadline: what is still to come over it
        // would be taken for the answer to the next letter.
        connection.send(message.envelope(), &message.formatted()).await?;
        self.connections.keep(connection);
        Ok(())
    }
}

impl<C: Clock + 'static> Channel for SmtpChannel<C> {
    async fn carry(&self, letter: &Letter) -> Result<(), ChannelError> {
        match tokio::time::timeout(self.deadline, self.deliver(letter)).await {
            Ok(outcome) => outcome,
            Err(_) => {
                Err(ChannelError::Later(format!("the relay took longer than {:?}", self.deadline)))
            }
        }
    }
}
