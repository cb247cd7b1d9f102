//! Where the relay is and how to speak to it.

use std::{net::IpAddr, time::Duration};

use lettre::{
    message::Mailbox,
    transport::smtp::client::{Certificate, TlsParameters},
};

use super::SmtpCredentials;

/// The relay.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// Host name or address; with TLS, the name that its certificate must carry.
    pub host: String,
    /// Port: 587 for [`SmtpTls::Starttls`], 465 for [`SmtpTls::Implicit`] as a rule.
    pub port: u16,
    /// How the connection is protected.
    pub tls: SmtpTls,
    /// PEM certificate of a private authority, trusted beside the system's.
    pub authority: Option<Vec<u8>>,
    /// Who Firstkey is to the relay, if the relay asks.
    pub credentials: Option<SmtpCredentials>,
    /// The sender, `First day <firstday@example.org>` or a bare address.
    pub from: String,
    /// How long one letter may take, connecting included.
    pub deadline: Duration,
    /// The most connections that are kept for the next letter.
    pub keep: usize,
}

/// How the connection to the relay is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// TLS from the first byte (RFC 8314 §3.3, `submissions`).
    Implicit,
    /// TLS by STARTTLS (RFC 3207); a relay that does not offer it gets no letter.
    Starttls,
    /// None; only to this machine.
    None,
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpConfigError {
    /// Letters carry locators and names.
    #[error("mail without TLS is for a relay on this machine only; use `starttls` or `implicit`")]
    PlainBeyondLoopback,
    /// The sender is not an address.
    #[error("the sender is not written as `Name <name@example.org>` or `name@example.org`")]
    Sender,
    /// The private authority's certificate or the host's name cannot be used for TLS.
    #[error("TLS to the relay cannot be set up: {0}")]
    Tls(#[source] lettre::transport::smtp::Error),
}

impl SmtpConfig {
    pub(super) fn sender(&self) -> Result<Mailbox, SmtpConfigError> {
        self.from.parse().map_err(|_| SmtpConfigError::Sender)
    }

    /// TLS as configured; none only where nobody else can listen.
    pub(super) fn tls_parameters(&self) -> Result<Option<TlsParameters>, SmtpConfigError> {
        if self.tls == SmtpTls::None {
            let is_here = is_loopback(&self.host);
            return if is_here { Ok(None) } else { Err(SmtpConfigError::PlainBeyondLoopback) };
        }
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(pem) = &self.authority {
            let certificate = Certificate::from_pem(pem).map_err(SmtpConfigError::Tls)?;
            builder = builder.add_root_certificate(certificate);
        }
        builder.build().map(Some).map_err(SmtpConfigError::Tls)
    }
}

/// `localhost` and the names under it are this machine by RFC 6761 §6.3.
fn is_loopback(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name == "localhost" || name.ends_with(".localhost") || address.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for host in ["localhost", "LOCALHOST", "mail.localhost", "127.0.0.1", "127.9.9.9", "[::1]"]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "mail.example.org", "localhost.example.org", "10.0.0.1", "0.0.0.0", "::"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
