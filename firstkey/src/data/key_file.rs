//! The key file: made on first use, kept outside the database, encrypted under the unlock key.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_app::KeyError;
use firstkey_ports::Entropy;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{folder::write_private, secrets::Secrets, unlock::UnlockKey};

/// Its name in the data folder.
pub const KEY_FILE: &str = "keys.json";

const PURPOSE_1: &[u8] = b"firstkey key file/1";
const PURPOSE_2: &[u8] = b"firstkey key file/2";

/// The keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Something about files.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    /// Others could read it.
    #[error("{0} can be read by others; make it yours alone with `chmod 600`")]
    Shared(PathBuf),
    /// It is something else.
    #[error("{0} does not hold 32 bytes in base64url")]
    NotAKey(PathBuf),
    /// The unlock key does not fit, or the file was altered.
    #[error("{0} cannot be opened with this unlock key; restore the key it was made with")]
    Locked(PathBuf),
    /// A newer version wrote it.
    #[error("{0} is of version {1}, which a newer firstkey wrote; this one reads 1 and 2")]
    TooNew(PathBuf, u32),
    /// The console's host name cannot name a log.
    #[error("the console's host name cannot name a log: {0}")]
    LogName(String),
    /// The log's key is none.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Its unlock key is not in a file.
    #[error(
        "the unlock key comes from the environment ({0}), where it cannot be replaced; put it into a \
         file of mode 0600, name that as keys.unlock_file, and rotate it there"
    )]
    NotInAFile(&'static str),
}

/// The file as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    log_name: String,
    nonce: String,
    sealed: String,
}

/// A key file that was opened.
pub struct KeyFile {
    /// The name of the log that its key signs.
    pub log_name: String,
    /// The secrets.
    pub secrets: Secrets,
}

impl KeyFile {
    /// Opens the file.
    pub fn read(path: &Path, unlock: &UnlockKey) -> Result<Self, KeyFileError> {
        let text =
            fs::read_to_string(path).map_err(|error| KeyFileError::Io(path.to_owned(), error))?;
        let locked = || KeyFileError::Locked(path.to_owned());
        let file: Written = serde_json::from_str(&text).map_err(|_| locked())?;
        let secrets = match file.version {
            1 => open(&file, unlock, PURPOSE_1.to_vec())
                .and_then(|bytes| Secrets::of_version_1(&bytes)),
            2 => open(&file, unlock, purpose(&file.log_name))
                .and_then(|bytes| serde_json::from_slice(&bytes).ok()),
            newer => return Err(KeyFileError::TooNew(path.to_owned(), newer)),
        };
        Ok(Self { log_name: file.log_name, secrets: secrets.ok_or_else(locked)? })
    }

    /// Writes the file whole or not at all.
    pub fn write(
        &self,
        path: &Path,
        unlock: &UnlockKey,
        entropy: &dyn Entropy,
    ) -> Result<(), KeyFileError> {
        let failed = || KeyFileError::Locked(path.to_owned());
        let nonce = entropy.bytes::<12>();
        let mut sealed = Zeroizing::new(serde_json::to_vec(&self.secrets).map_err(|_| failed())?);
        let aad = Aad::from(purpose(&self.log_name));
        cipher(unlock)
            .ok_or_else(failed)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut *sealed)
            .map_err(|_| failed())?;
        let file = Written {
            version: 2,
            log_name: self.log_name.clone(),
            nonce: URL_SAFE_NO_PAD.encode(nonce),
            sealed: URL_SAFE_NO_PAD.encode(&*sealed),
        };
        let json = serde_json::to_vec_pretty(&file).map_err(|_| failed())?;
        write_private(path, &json).map_err(|error| KeyFileError::Io(path.to_owned(), error))
    }
}

/// The log's name is not secret, and must not be changed under the key that it names.
fn purpose(log_name: &str) -> Vec<u8> {
    [PURPOSE_2, b"\n", log_name.as_bytes()].concat()
}

fn open(file: &Written, unlock: &UnlockKey, purpose: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
    let nonce = URL_SAFE_NO_PAD.decode(&file.nonce).ok()?;
    let mut secrets = Zeroizing::new(URL_SAFE_NO_PAD.decode(&file.sealed).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(&nonce).ok()?;
    let length = cipher(unlock)?.open_in_place(nonce, Aad::from(purpose), &mut secrets).ok()?.len();
    secrets.truncate(length);
    Some(secrets)
}

fn cipher(unlock: &UnlockKey) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, unlock.expose()).ok().map(LessSafeKey::new)
}
