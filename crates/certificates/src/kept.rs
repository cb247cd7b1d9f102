//! The pair that is served now.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use jiff::Timestamp;
use tokio_rustls::rustls::{
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use crate::{Pair, serving::PROOF};

/// The pair that is served, replaced while connections go on. Each handshake takes the one of its moment;
/// without one, handshakes fail.
#[derive(Debug, Default)]
pub struct Kept {
    pair: RwLock<Option<Pair>>,
    /// What proves to an authority that a name is ours, while it looks.
    proofs: RwLock<HashMap<String, Arc<CertifiedKey>>>,
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

    /// Shows this to whoever asks for a proof about the host.
    pub(crate) fn prove(&self, host: &str, proof: CertifiedKey) {
        let mut proofs = self.proofs.write().unwrap_or_else(PoisonError::into_inner);
        proofs.insert(host.to_owned(), Arc::new(proof));
    }

    /// Proves nothing any more.
    pub(crate) fn forget_proofs(&self) {
        self.proofs.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn proof(&self, host: &str) -> Option<Arc<CertifiedKey>> {
        self.proofs.read().unwrap_or_else(PoisonError::into_inner).get(host).cloned()
    }

    fn read<T>(&self, of: impl FnOnce(&Pair) -> T) -> Option<T> {
        self.pair.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(of)
    }
}

impl ResolvesServerCert for Kept {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // An authority that looks offers this and nothing else (RFC 8737 §3).
        let asks_for_proof = hello.alpn().is_some_and(|offered| offered.eq([PROOF]));
        if asks_for_proof { self.proof(hello.server_name()?) } else { self.read(Pair::certified) }
    }
}
