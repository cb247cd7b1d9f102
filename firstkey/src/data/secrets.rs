//! What the key file holds, once it is open.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_ports::Entropy;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A secret of 32 bytes and when it was made. Cannot be printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// In base64url.
    bytes: String,
    /// `None` when a version made it that did not write that down.
    #[zeroize(skip)]
    pub made: Option<Timestamp>,
}

impl Secret {
    /// Draws one.
    pub fn draw(entropy: &dyn Entropy, now: Timestamp) -> Self {
        let bytes = Zeroizing::new(entropy.bytes::<32>());
        Self { bytes: URL_SAFE_NO_PAD.encode(*bytes), made: Some(now) }
    }

    /// One of a file that did not say when it was made.
    pub fn of(bytes: &[u8]) -> Self {
        Self { bytes: URL_SAFE_NO_PAD.encode(bytes), made: None }
    }

    /// The bytes; `None` when they are not 32.
    pub fn expose(&self) -> Option<Zeroizing<[u8; 32]>> {
        let mut bytes = Zeroizing::new([0; 32]);
        let length = URL_SAFE_NO_PAD.decode_slice(&self.bytes, &mut *bytes).ok()?;
        (length == 32).then_some(bytes)
    }

    /// Names the secret and says nothing about it: it is 256 random bits.
    pub fn id(&self) -> String {
        let named = [b"firstkey key id\n", self.bytes.as_bytes()].concat();
        let digest = digest(&SHA256, &named);
        digest.as_ref()[..4].iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    }
}

/// All secrets of a data folder.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// What lasts is derived from it: seals of rows, links that were mailed.
    pub root: Secret,
    /// What lasts for minutes is derived from it; from `root` when there is none.
    pub ceremonies: Option<Secret>,
    /// The seed of the key that signs the log.
    pub log: Secret,
    /// The seed of the key that is to sign next, while a rotation is under way.
    pub next_log: Option<Secret>,
}

impl Secrets {
    /// Draws all of them.
    pub fn draw(entropy: &dyn Entropy, now: Timestamp) -> Self {
        Self {
            root: Secret::draw(entropy, now),
            ceremonies: Some(Secret::draw(entropy, now)),
            log: Secret::draw(entropy, now),
            next_log: None,
        }
    }

    /// Those of a file of version 1: root and seed, one after the other.
    pub fn of_version_1(bytes: &[u8]) -> Option<Self> {
        let (root, seed) = bytes.split_at_checked(32).filter(|(_, seed)| seed.len() == 32)?;
        Some(Self {
            root: Secret::of(root),
            ceremonies: None,
            log: Secret::of(seed),
            next_log: None,
        })
    }
}
