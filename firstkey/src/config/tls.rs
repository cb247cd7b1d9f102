//! `[tls]` and `[acme]`: whether Firstkey speaks HTTPS itself, and with what.

use std::{net::SocketAddr, path::Path};

use firstkey_certificates::{Acme, Files};
use firstkey_web::edge::{Origin, OriginError};

use super::Config;

/// What `[tls]` and `[acme]` say cannot be.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// One file without the other.
    #[error("tls.certificate and tls.key go together: set both or neither")]
    HalfAPair,
    /// Something that is no address.
    #[error("tls.redirect: {0:?} is no address and port, such as 0.0.0.0:80")]
    NoAddress(String),
    /// There is nothing to lead to.
    #[error(
        "tls.redirect leads to https, so tls.certificate and tls.key, or acme.directory, must be set"
    )]
    NothingToLeadTo,
    /// Both want the same place.
    #[error("tls.redirect and server.listen must differ, also in their port")]
    SamePort,
    /// Two say where the certificate comes from.
    #[error(
        "tls.certificate and acme.directory both say where the certificate comes from: set one"
    )]
    TwoSources,
    /// Accounts and proofs are not for others to read.
    #[error(
        "acme.directory must begin with https://, such as https://acme-v02.api.letsencrypt.org/directory"
    )]
    PlainDirectory,
    /// Nobody agrees for somebody else.
    #[error("read the terms of the authority at {0}, and set acme.terms_agreed = true")]
    Terms(String),
    /// Browsers would never speak TLS.
    #[error("HTTPS is on, so {key} must begin with https://; it is {origin}")]
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

    /// The authority that signs the certificate, when it is not in files. `data` is the data folder.
    pub fn acme(&self, data: &Path) -> Result<Option<Acme>, TlsError> {
        let acme = &self.acme;
        if acme.directory.is_empty() {
            return Ok(None);
        }
        if self.tls_files()?.is_some() {
            return Err(TlsError::TwoSources);
        }
        if !acme.directory.starts_with("https://") {
            return Err(TlsError::PlainDirectory);
        }
        if !acme.terms_agreed {
            return Err(TlsError::Terms(acme.directory.clone()));
        }
        let authority = (!acme.authority.as_os_str().is_empty()).then(|| acme.authority.clone());
        Ok(Some(Acme {
            directory: acme.directory.clone(),
            contact: acme.contact.clone(),
            authority,
            folder: data.join("acme"),
        }))
    }

    /// Whether Firstkey speaks HTTPS itself.
    pub fn speaks_tls(&self) -> bool {
        matches!(self.tls_files(), Ok(Some(_))) || !self.acme.directory.is_empty()
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
        self.tls_files()?;
        self.acme(Path::new(""))?;
        if !self.speaks_tls() {
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
