//! The pair that is served now.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use tokio_rustls::rustls::{
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use crate::Pair;

/// The pair that is served, replaced while connections go on. Each handshake takes the one of its moment;
/// without one, handshakes fail.
#[derive(Debug, Default)]
pub struct Kept {
    pair: RwLock<Option<Pair>>,
}

impl Kept {
    /// Serves this pair from now on.
    pub fn replace(&self, pair: Pair) {
        *self.pair.write().unwrap_or_else(PoisonError::into_inner) = Some(pair);
    }

    /// When the certificate that is served ends, if one is.
    pub fn ends(&self) -> Option<Timestamp> {
        self.read(Pair::ends)
    }

    fn read<T>(&self, of: impl FnOnce(&Pair) -> T) -> Option<T> {
        self.pair.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(of)
    }
}

impl ResolvesServerCert for Kept {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.read(Pair::certified)
    }
}
