//! `[tls]`: whether Firstkey speaks HTTPS itself, and with what.

use std::net::SocketAddr;

use firstkey_certificates::Files;
use firstkey_web::edge::{Origin, OriginError};

use super::Config;

/// What `[tls]` says cannot be.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// One file without the other.
    #[error("tls.certificate and tls.key go together: set both or neither")]
    HalfAPair,
    /// Something that is no address.
    #[error("tls.redirect: {0:?} is no address and port, such as 0.0.0.0:80")]
    NoAddress(String),
    /// There is nothing to lead to.
    #[error("tls.redirect leads to https, so tls.certificate and tls.key must be set")]
    NothingToLeadTo,
    /// Both want the same place.
    #[error("tls.redirect and server.listen must differ, also in their port")]
    SamePort,
    /// Browsers would never speak TLS.
    #[error("tls is on, so {key} must begin with https://; it is {origin}")]
    PlainOrigin {
        /// Which.
        key: &'static str,
        /// What it is.
        origin: String,
    },
}

impl Config {
    /// The files of the certificate and its key, when Firstkey speaks HTTPS itself.
    pub fn tls_files(&self) -> Result<Option<Files>, TlsError> {
        let tls = &self.tls;
        match (tls.certificate.as_os_str().is_empty(), tls.key.as_os_str().is_empty()) {
            (true, true) => Ok(None),
            (false, false) => {
                Ok(Some(Files { certificate: tls.certificate.clone(), key: tls.key.clone() }))
            }
            _ => Err(TlsError::HalfAPair),
        }
    }

    /// The hosts that a certificate must name.
    pub fn hosts(&self) -> Result<Vec<String>, OriginError> {
        let host = |origin: &String| Ok(Origin::new(origin)?.host().to_owned());
        [&self.server.join_origin, &self.server.console_origin].into_iter().map(host).collect()
    }

    /// Whether Firstkey speaks HTTPS itself.
    pub fn speaks_tls(&self) -> bool {
        matches!(self.tls_files(), Ok(Some(_)))
    }

    /// Where plain HTTP is led to HTTPS, if anywhere.
    pub fn redirect(&self) -> Result<Option<SocketAddr>, TlsError> {
        let text = &self.tls.redirect;
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| TlsError::NoAddress(text.clone()))
    }

    /// Whether all of it fits together.
    pub(super) fn check_tls(&self) -> Result<(), TlsError> {
        let redirect = self.redirect()?;
        if self.tls_files()?.is_none() {
            return redirect.map_or(Ok(()), |_| Err(TlsError::NothingToLeadTo));
        }
        if redirect.is_some_and(|redirect| redirect.port() == self.server.listen.port()) {
            return Err(TlsError::SamePort);
        }
        let server = &self.server;
        for (key, origin) in [
            ("server.join_origin", &server.join_origin),
            ("server.console_origin", &server.console_origin),
        ] {
            if !origin.starts_with("https://") {
                return Err(TlsError::PlainOrigin { key, origin: origin.clone() });
            }
        }
        Ok(())
    }
}
