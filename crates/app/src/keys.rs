//! The secrets that Firstkey keeps outside its database.

use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf, hmac,
};
use firstkey_log::note::NoteSigner;
use firstkey_ports::{Entropy, RowKey};
use firstkey_proof::{NonceKey, StatementKey};
use zeroize::Zeroizing;

/// 256 secret bits from which all other keys but the log's are derived. Cannot be printed.
#[derive(Clone)]
pub struct RootSecret(Zeroizing<[u8; 32]>);

impl RootSecret {
    /// Wraps 32 secret bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Makes one.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self::new(entropy.bytes())
    }

    /// The bytes, for the key file that encrypts them.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut out = Zeroizing::new([0; 32]);
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"firstkey keys/1").extract(&*self.0);
        // 32 bytes are within HKDF's limit, so neither step can fail; were they to, all-zero
        // keys would open nothing that was made before and sign nobody in.
        if let Ok(okm) = prk.expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256) {
            let _ = okm.fill(&mut *out);
        }
        out
    }
}

impl std::fmt::Debug for RootSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootSecret(…)")
    }
}

/// The log's key is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the log's signing key cannot be used")]
pub struct KeyError;

/// Every key, each for one purpose.
pub struct Keys {
    pub(crate) rows: RowKey,
    pub(crate) nonces: NonceKey,
    pub(crate) statements: StatementKey,
    log: RwLock<Arc<NoteSigner>>,
    // Boxed, because futures that make an application hold all of them.
    locators: Box<hmac::Key>,
    codes: Box<hmac::Key>,
    handovers: Box<hmac::Key>,
    tickets: LessSafeKey,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Derives them, all from one secret.
    pub fn new(root: &RootSecret, log: NoteSigner) -> Result<Self, KeyError> {
        Self::with_ceremonies(root, root, log)
    }

    /// Derives what must last from `root`: seals of rows, links that were mailed. What lasts for minutes
    /// comes from `ceremonies`: challenges under way, nonces, match codes, statements between the two
    /// origins. A restore makes that one anew, so that nothing that was issued before counts after it.
    pub fn with_ceremonies(
        root: &RootSecret,
        ceremonies: &RootSecret,
        log: NoteSigner,
    ) -> Result<Self, KeyError> {
        let mac = |secret: &RootSecret, purpose| {
            Box::new(hmac::Key::new(hmac::HMAC_SHA256, &*secret.derive(purpose)))
        };
        let tickets =
            UnboundKey::new(&AES_256_GCM, &*ceremonies.derive("tickets")).map_err(|_| KeyError)?;
        Ok(Self {
            rows: RowKey::new(&root.derive("rows")),
            nonces: NonceKey::new(*ceremonies.derive("nonces")),
            statements: StatementKey::new(*ceremonies.derive("statements")),
            log: RwLock::new(Arc::new(log)),
            locators: mac(root, "locators"),
            codes: mac(ceremonies, "match codes"),
            handovers: mac(ceremonies, "handovers"),
            tickets: LessSafeKey::new(tickets),
        })
    }

    /// The key of row seals.
    pub const fn rows(&self) -> &RowKey {
        &self.rows
    }

    /// The key of proof nonces.
    pub const fn nonces(&self) -> &NonceKey {
        &self.nonces
    }

    /// The key of statements between the two origins.
    pub const fn statements(&self) -> &StatementKey {
        &self.statements
    }

    /// The log's signer.
    pub fn log(&self) -> Arc<NoteSigner> {
        self.log.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets another key sign the log from here on.
    pub(crate) fn sign_with(&self, log: Arc<NoteSigner>) {
        *self.log.write().unwrap_or_else(PoisonError::into_inner) = log;
    }

    pub(crate) fn locator_tag(&self, message: &[u8]) -> [u8; 16] {
        tag(&self.locators, message)
    }

    pub(crate) fn handover_tag(&self, message: &[u8]) -> [u8; 16] {
        tag(&self.handovers, message)
    }

    pub(crate) fn code_number(&self, message: &[u8]) -> u64 {
        let tag = hmac::sign(&self.codes, message);
        let mut number = [0; 8];
        number.copy_from_slice(&tag.as_ref()[..8]);
        u64::from_be_bytes(number)
    }

    pub(crate) fn seal(&self, purpose: &str, nonce: [u8; 12], plain: &[u8]) -> Option<Vec<u8>> {
        let mut sealed = plain.to_vec();
        self.tickets
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut sealed,
            )
            .ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    pub(crate) fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(12)?;
        let mut plain = sealed.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let length = self
            .tickets
            .open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut plain)
            .ok()?
            .len();
        plain.truncate(length);
        Some(plain)
    }
}

/// 128 bits of an HMAC.
fn tag(key: &hmac::Key, message: &[u8]) -> [u8; 16] {
    let tag = hmac::sign(key, message);
    let mut short = [0; 16];
    short.copy_from_slice(&tag.as_ref()[..16]);
    short
}
