//! A chain of certificates and its key.

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject};
use tokio_rustls::rustls::{
    Error, InconsistentKeys, crypto::aws_lc_rs::default_provider, sign::CertifiedKey,
};
use x509_cert::{Certificate, der::Decode, time::Validity};

use crate::names::is_for;

/// A chain of certificates and the key of its first one.
#[derive(Clone)]
pub struct Pair {
    certified: Arc<CertifiedKey>,
    begins: Timestamp,
    ends: Timestamp,
}

/// What was read is no pair.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// There is no certificate.
    #[error("there is no certificate in it; it must be a PEM file, the server's certificate first")]
    NoCertificate,
    /// A certificate cannot be read.
    #[error("a certificate in it cannot be read: {0}")]
    Certificate(String),
    /// There is no key.
    #[error("there is no private key in it; it must be a PEM file without a pass phrase")]
    NoKey,
    /// The key cannot be read.
    #[error("the private key in it cannot be read: {0}")]
    Key(String),
    /// The key is another certificate's.
    #[error("the private key belongs to another certificate")]
    OtherKey,
}

/// Why a pair should not be served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The certificate does not name this host.
    #[error("the certificate is not for {0}")]
    Name(String),
    /// Its time has not come.
    #[error("the certificate does not count before {0}")]
    TooEarly(Timestamp),
    /// Its time is over.
    #[error("the certificate ended at {0}")]
    Ended(Timestamp),
}

impl Pair {
    /// Reads a pair from PEM text: the server's certificate, then those between it and its root; and the
    /// key in PKCS#8, PKCS#1 or SEC1.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, PairError> {
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(chain)
            .collect::<Result<_, _>>()
            .map_err(|error| PairError::Certificate(error.to_string()))?;
        let first = chain.first().ok_or(PairError::NoCertificate)?;
        let (begins, ends) = validity(first)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| match error {
            pem::Error::NoItemsFound => PairError::NoKey,
            other => PairError::Key(other.to_string()),
        })?;
        let certified = CertifiedKey::from_der(chain, key, &default_provider()).map_err(
            |error| match error {
                Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => PairError::OtherKey,
                Error::InvalidCertificate(error) => PairError::Certificate(error.to_string()),
                other => PairError::Key(other.to_string()),
            },
        )?;
        Ok(Self { certified: Arc::new(certified), begins, ends })
    }

    /// Whether browsers that go to one of these hosts now could accept it, as far as that shows from
    /// here: who signed it is for them to judge.
    pub fn fits(&self, hosts: &[String], now: Timestamp) -> Result<(), Unfit> {
        let certificate = self.certified.cert.first();
        for host in hosts {
            if !certificate.is_some_and(|certificate| is_for(certificate, host)) {
                return Err(Unfit::Name(host.clone()));
            }
        }
        if now < self.begins {
            return Err(Unfit::TooEarly(self.begins));
        }
        if now > self.ends {
            return Err(Unfit::Ended(self.ends));
        }
        Ok(())
    }

    /// When the certificate begins to count.
    pub const fn begins(&self) -> Timestamp {
        self.begins
    }

    /// When the certificate ends.
    pub const fn ends(&self) -> Timestamp {
        self.ends
    }

    pub(crate) fn certified(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.certified)
    }
}

/// From when until when it counts (RFC 5280 §4.1.2.5).
fn validity(certificate: &CertificateDer<'_>) -> Result<(Timestamp, Timestamp), PairError> {
    let unreadable = |error: &dyn fmt::Display| PairError::Certificate(error.to_string());
    let certificate = Certificate::from_der(certificate).map_err(|error| unreadable(&error))?;
    let Validity { not_before, not_after, .. } = certificate.tbs_certificate().validity();
    let timestamp = |time: &x509_cert::time::Time| {
        Timestamp::try_from(time.to_system_time()).map_err(|error| unreadable(&error))
    };
    Ok((timestamp(not_before)?, timestamp(not_after)?))
}

impl fmt::Debug for Pair {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pair")
            .field("begins", &self.begins)
            .field("ends", &self.ends)
            .finish_non_exhaustive()
    }
}
