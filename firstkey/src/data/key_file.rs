//! The keys: made on first use, kept outside the database, encrypted under the unlock key.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_app::{KeyError, Keys, RootSecret};
use firstkey_log::note::{KeyName, NoteSigner, NoteVerifier};
use firstkey_ports::Entropy;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{DataFolder, unlock::UnlockKey};

const PURPOSE: &[u8] = b"firstkey key file/1";

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
    /// The console's host name cannot name a log.
    #[error("the console's host name cannot name a log: {0}")]
    LogName(String),
    /// The log's key is none.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The file: 32 bytes of root secret and 32 of the log's seed, encrypted.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    version: u32,
    log_name: String,
    nonce: String,
    sealed: String,
}

/// The keys, and the log's public key for those who pin it.
pub struct OpenedKeys {
    /// All keys.
    pub keys: Keys,
    /// The log's public key.
    pub log: NoteVerifier,
    /// Whether they were made just now.
    pub is_new: bool,
}

impl OpenedKeys {
    /// Opens the keys of a data folder; makes them when there are none and `may_make`.
    pub fn open(
        folder: &DataFolder,
        unlock_file: &Path,
        log_name: &str,
        may_make: bool,
        entropy: &dyn Entropy,
    ) -> Result<Self, KeyFileError> {
        let path = folder.path().join("keys.json");
        let is_new = !path.exists();
        let default = folder.path().join("unlock.key");
        let unlock_file =
            if unlock_file.as_os_str().is_empty() { default.as_path() } else { unlock_file };
        let unlock = UnlockKey::find(unlock_file, may_make && is_new, entropy)?;
        if is_new && may_make {
            make(folder, &unlock, log_name, entropy)?;
        }
        let text =
            fs::read_to_string(&path).map_err(|error| KeyFileError::Io(path.clone(), error))?;
        let locked = || KeyFileError::Locked(path.clone());
        let file: KeyFile = serde_json::from_str(&text).map_err(|_| locked())?;
        let secrets = open(&file, &unlock).ok_or_else(locked)?;
        let (root, seed) = secrets.split_at(32);
        let (root, seed) = (array(root).ok_or_else(locked)?, array(seed).ok_or_else(locked)?);
        let name: KeyName =
            file.log_name.parse().map_err(|_| KeyFileError::LogName(file.log_name.clone()))?;
        let signer = NoteSigner::from_seed(name, &seed).map_err(|_| KeyError)?;
        let log = signer.verifier();
        Ok(Self { keys: Keys::new(&RootSecret::new(*root), signer)?, log, is_new })
    }
}

fn array(bytes: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    bytes.try_into().ok().map(Zeroizing::new)
}

fn make(
    folder: &DataFolder,
    unlock: &UnlockKey,
    log_name: &str,
    entropy: &dyn Entropy,
) -> Result<(), KeyFileError> {
    let path = folder.path().join("keys.json");
    let nonce = entropy.bytes::<12>();
    let mut sealed = Zeroizing::new(entropy.bytes::<64>().to_vec());
    let failed = || KeyFileError::Locked(path.clone());
    cipher(unlock)
        .ok_or_else(failed)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(PURPOSE),
            &mut *sealed,
        )
        .map_err(|_| failed())?;
    let file = KeyFile {
        version: 1,
        log_name: log_name.to_owned(),
        nonce: URL_SAFE_NO_PAD.encode(nonce),
        sealed: URL_SAFE_NO_PAD.encode(&*sealed),
    };
    let json = serde_json::to_vec_pretty(&file).map_err(|_| failed())?;
    folder
        .write_private("keys.json", &json)
        .map_err(|error| KeyFileError::Io(path.clone(), io::Error::other(error.to_string())))?;
    Ok(())
}

fn open(file: &KeyFile, unlock: &UnlockKey) -> Option<Zeroizing<Vec<u8>>> {
    if file.version != 1 {
        return None;
    }
    let nonce = URL_SAFE_NO_PAD.decode(&file.nonce).ok()?;
    let mut secrets = Zeroizing::new(URL_SAFE_NO_PAD.decode(&file.sealed).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(&nonce).ok()?;
    let length = cipher(unlock)?.open_in_place(nonce, Aad::from(PURPOSE), &mut secrets).ok()?.len();
    secrets.truncate(length);
    (length == 64).then_some(secrets)
}

fn cipher(unlock: &UnlockKey) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, unlock.expose()).ok().map(LessSafeKey::new)
}
