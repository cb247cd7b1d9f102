//! The keys of a data folder, as the process uses them that works on it.

use std::path::{Path, PathBuf};

use firstkey_app::{App, Backend, Keys, RootSecret};
use firstkey_log::note::{KeyName, NoteSigner, NoteVerifier};
use firstkey_ports::Entropy;
use jiff::Timestamp;
use tokio::sync::{Mutex, MutexGuard};

use super::{
    DataFolder,
    key_file::{KEY_FILE, KeyFile, KeyFileError},
    secrets::{Secret, Secrets},
    unlock::{UnlockFile, UnlockKey},
};

/// The keys, and the log's public key for those who pin it.
pub struct OpenedKeys {
    /// All keys.
    pub keys: Keys,
    /// The log's public key.
    pub log: NoteVerifier,
    /// The key that is to sign the log next, when a rotation was under way.
    pub next_log: Option<NoteSigner>,
    /// Whether they were made just now.
    pub is_new: bool,
}

/// Where the keys of a data folder are.
#[derive(Debug)]
pub struct KeyFolder {
    file: PathBuf,
    unlock: UnlockFile,
    busy: Mutex<()>,
}

impl KeyFolder {
    /// The keys of this folder. An empty `unlock_file` is the folder's own.
    pub fn new(folder: &DataFolder, unlock_file: &Path) -> Self {
        let own = folder.path().join("unlock.key");
        let unlock = if unlock_file.as_os_str().is_empty() { own } else { unlock_file.to_owned() };
        let file = folder.path().join(KEY_FILE);
        Self { file, unlock: UnlockFile(unlock), busy: Mutex::new(()) }
    }

    /// Held while the keys are changed, and while they are copied together with the database.
    pub async fn hold(&self) -> MutexGuard<'_, ()> {
        self.busy.lock().await
    }

    /// The key file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Where the unlock key is.
    pub const fn unlock(&self) -> &UnlockFile {
        &self.unlock
    }

    /// Opens the keys; makes them when there are none and `may_make`.
    pub fn open(
        &self,
        log_name: &str,
        may_make: bool,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<OpenedKeys, KeyFileError> {
        let is_new = !self.file.exists();
        if is_new && may_make {
            let unlock = self.unlock.find_or_make(entropy)?;
            let secrets = Secrets::draw(entropy, now);
            KeyFile { log_name: log_name.to_owned(), secrets }
                .write(&self.file, &unlock, entropy)?;
        }
        let file = self.read()?.1;
        let Secrets { root, ceremonies, log, next_log } = &file.secrets;
        let expose = |secret: &Secret| {
            let locked = || KeyFileError::Locked(self.file.clone());
            secret.expose().map(|bytes| RootSecret::new(*bytes)).ok_or_else(locked)
        };
        let root = expose(root)?;
        let ceremonies = ceremonies.as_ref().map_or_else(|| Ok(root.clone()), expose)?;
        let log = self.signer(&file.log_name, log)?;
        let next_log = match next_log {
            Some(next) => Some(self.signer(&file.log_name, next)?),
            None => None,
        };
        let verifier = log.verifier();
        let keys = Keys::with_ceremonies(&root, &ceremonies, log)?;
        Ok(OpenedKeys { keys, log: verifier, next_log, is_new })
    }

    /// Reads the key file with the unlock key that opens it. When somebody was stopped while they
    /// replaced the unlock key, this ends what they began.
    pub fn read(&self) -> Result<(UnlockKey, KeyFile), KeyFileError> {
        let unlock = self.unlock.find()?;
        let read = KeyFile::read(&self.file, &unlock);
        if !matches!(read, Err(KeyFileError::Locked(_))) {
            return read.map(|file| (unlock, file));
        }
        if self.unlock.next().exists() {
            let next = self.unlock.find_next()?;
            let file = KeyFile::read(&self.file, &next)?;
            self.unlock.take_next()?;
            return Ok((next, file));
        }
        // Replaced between the two looks.
        let unlock = self.unlock.find()?;
        let file = KeyFile::read(&self.file, &unlock)?;
        Ok((unlock, file))
    }

    /// Changes the secrets.
    pub fn change(
        &self,
        entropy: &dyn Entropy,
        change: impl FnOnce(&mut Secrets),
    ) -> Result<(), KeyFileError> {
        let (unlock, mut file) = self.read()?;
        change(&mut file.secrets);
        file.write(&self.file, &unlock, entropy)
    }

    /// Draws the key that is to sign the log next, and keeps it beside the one that signs.
    pub fn stage_log_key(
        &self,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<NoteSigner, KeyFileError> {
        let next = Secret::draw(entropy, now);
        self.change(entropy, |secrets| secrets.next_log = Some(next))?;
        self.staged_log_key()
    }

    /// The key that is to sign the log next.
    pub fn staged_log_key(&self) -> Result<NoteSigner, KeyFileError> {
        let file = self.read()?.1;
        let staged = file.secrets.next_log.as_ref();
        let staged = staged.ok_or_else(|| KeyFileError::Locked(self.file.clone()))?;
        self.signer(&file.log_name, staged)
    }

    /// Ends a rotation of the log's key as the database says that it ended.
    pub async fn settle_log_key<S: Backend>(
        &self,
        app: &App<S>,
        next: NoteSigner,
    ) -> Result<NoteVerifier, KeyFileError> {
        let said =
            |error: String| KeyFileError::Io(self.file.clone(), std::io::Error::other(error));
        let signs = app.log_key().await.map_err(|fault| said(fault.to_string()))?;
        let is_next = signs.as_deref() == Some(&*next.verifier().to_string());
        if is_next {
            app.adopt_log_key(next);
        }
        self.change(app.entropy(), |secrets| {
            if let Some(next) = secrets.next_log.take()
                && is_next
            {
                secrets.log = next;
            }
        })?;
        Ok(app.keys().log().verifier())
    }

    /// Replaces the unlock key. Stopped between any two steps, the next who reads the keys ends it.
    pub fn rotate_unlock(&self, entropy: &dyn Entropy) -> Result<(), KeyFileError> {
        let (_, file) = self.read()?;
        let next = self.unlock.make_next(entropy)?;
        file.write(&self.file, &next, entropy)?;
        self.unlock.take_next()
    }

    fn signer(&self, log_name: &str, seed: &Secret) -> Result<NoteSigner, KeyFileError> {
        let name: KeyName =
            log_name.parse().map_err(|_| KeyFileError::LogName(log_name.to_owned()))?;
        let seed = seed.expose().ok_or_else(|| KeyFileError::Locked(self.file.clone()))?;
        NoteSigner::from_seed(name, &seed).map_err(|_| firstkey_app::KeyError.into())
    }
}
