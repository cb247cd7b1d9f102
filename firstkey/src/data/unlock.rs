//! The key that unlocks all others: from the environment, or from a file of mode 0600.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_ports::Entropy;
use zeroize::Zeroizing;

use super::{KeyFileError, folder::write_private};

/// The environment's name for it.
pub const VARIABLE: &str = "FIRSTKEY_UNLOCK_KEY";

/// 32 secret bytes. Cannot be printed.
pub struct UnlockKey(Zeroizing<[u8; 32]>);

impl UnlockKey {
    /// The bytes, for the cipher.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Finds the key; makes the file when there is neither and `may_make`.
    pub fn find(file: &Path, may_make: bool, entropy: &dyn Entropy) -> Result<Self, KeyFileError> {
        if let Some(text) = env::var_os(VARIABLE) {
            let text = Zeroizing::new(
                text.into_string().map_err(|_| KeyFileError::NotAKey(VARIABLE.into()))?,
            );
            return Self::from_text(&text, Path::new(VARIABLE));
        }
        if !file.exists() && may_make {
            let bytes = Zeroizing::new(entropy.bytes::<32>());
            let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes));
            write_private(file, text.as_bytes())
                .map_err(|error| KeyFileError::Io(file.to_owned(), error))?;
        }
        let shared = |path: &Path| KeyFileError::Shared(path.to_owned());
        let io = |error| KeyFileError::Io(file.to_owned(), error);
        let mode = fs::metadata(file).map_err(io)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(shared(file));
        }
        let text = Zeroizing::new(fs::read_to_string(file).map_err(io)?);
        Self::from_text(&text, file)
    }

    fn from_text(text: &str, from: &Path) -> Result<Self, KeyFileError> {
        let mut bytes = Zeroizing::new([0; 32]);
        match URL_SAFE_NO_PAD.decode_slice(text.trim(), &mut *bytes) {
            Ok(32) => Ok(Self(bytes)),
            _ => Err(KeyFileError::NotAKey(PathBuf::from(from))),
        }
    }
}
