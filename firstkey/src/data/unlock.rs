//! The key that unlocks all others: from the environment, or from a file of mode 0600.

use std::{
    env,
    fs::{self, File},
    io,
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

    /// Reads the file, which only its owner may be able to read.
    pub fn read(file: &Path) -> Result<Self, KeyFileError> {
        let io = |error| KeyFileError::Io(file.to_owned(), error);
        let mode = fs::metadata(file).map_err(io)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Shared(file.to_owned()));
        }
        let text = Zeroizing::new(fs::read_to_string(file).map_err(io)?);
        Self::from_text(&text, file)
    }

    fn make(file: &Path, entropy: &dyn Entropy) -> Result<Self, KeyFileError> {
        let bytes = Zeroizing::new(entropy.bytes::<32>());
        let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes));
        write_private(file, text.as_bytes())
            .map_err(|error| KeyFileError::Io(file.to_owned(), error))?;
        Self::read(file)
    }

    fn from_text(text: &str, from: &Path) -> Result<Self, KeyFileError> {
        let mut bytes = Zeroizing::new([0; 32]);
        match URL_SAFE_NO_PAD.decode_slice(text.trim(), &mut *bytes) {
            Ok(32) => Ok(Self(bytes)),
            _ => Err(KeyFileError::NotAKey(PathBuf::from(from))),
        }
    }
}

/// The file that holds the unlock key, unless the environment does.
#[derive(Debug)]
pub struct UnlockFile(pub PathBuf);

impl UnlockFile {
    /// Finds the key.
    pub fn find(&self) -> Result<UnlockKey, KeyFileError> {
        if let Some(text) = env::var_os(VARIABLE) {
            let text = Zeroizing::new(
                text.into_string().map_err(|_| KeyFileError::NotAKey(VARIABLE.into()))?,
            );
            return UnlockKey::from_text(&text, Path::new(VARIABLE));
        }
        UnlockKey::read(&self.0)
    }

    /// Finds the key; makes the file when there is neither.
    pub fn find_or_make(&self, entropy: &dyn Entropy) -> Result<UnlockKey, KeyFileError> {
        if Self::is_in_environment() || self.0.exists() {
            return self.find();
        }
        UnlockKey::make(&self.0, entropy)
    }

    /// Whether the environment holds the key.
    pub fn is_in_environment() -> bool {
        env::var_os(VARIABLE).is_some()
    }

    /// Whether the key can be found.
    pub fn is_there(&self) -> bool {
        Self::is_in_environment() || self.0.exists()
    }

    /// Where the next key waits while the key is replaced.
    pub fn next(&self) -> PathBuf {
        let mut next = self.0.as_os_str().to_owned();
        next.push(".next");
        next.into()
    }

    /// The key that is to be the next.
    pub fn find_next(&self) -> Result<UnlockKey, KeyFileError> {
        UnlockKey::read(&self.next())
    }

    /// Makes the next key, durably, beside the one that counts.
    pub fn make_next(&self, entropy: &dyn Entropy) -> Result<UnlockKey, KeyFileError> {
        if Self::is_in_environment() {
            return Err(KeyFileError::NotInAFile(VARIABLE));
        }
        UnlockKey::make(&self.next(), entropy)
    }

    /// Puts the next key in the place of the one that counted.
    pub fn take_next(&self) -> Result<(), KeyFileError> {
        let wrong = |error| KeyFileError::Io(self.0.clone(), error);
        match fs::rename(self.next(), &self.0) {
            // Whoever read the keys meanwhile was quicker.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            renamed => renamed.map_err(wrong)?,
        }
        let parent = self.0.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(parent.unwrap_or(Path::new(".")))
            .and_then(|folder| folder.sync_all())
            .map_err(wrong)
    }
}
