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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::host::HostEntropy;

    const NAME: &str = "console.example.org/log";

    fn folder() -> (tempfile::TempDir, KeyFolder) {
        let place = tempfile::tempdir().unwrap();
        let keys = KeyFolder::new(&DataFolder::new_in(place.path()), Path::new(""));
        keys.open(NAME, true, &HostEntropy::new(), Timestamp::UNIX_EPOCH).unwrap();
        (place, keys)
    }

    fn root(keys: &KeyFolder) -> String {
        keys.read().unwrap().1.secrets.root.id()
    }

    #[test]
    fn rule_21_the_unlock_key_is_replaced_whatever_step_was_the_last() {
        let (_place, keys) = folder();
        let (entropy, before) = (HostEntropy::new(), root(&keys));
        let old = fs::read(&keys.unlock().0).unwrap();
        // Stopped when the next key was there: the old one counts.
        keys.unlock().make_next(&entropy).unwrap();
        assert_eq!(root(&keys), before);
        assert_eq!(fs::read(&keys.unlock().0).unwrap(), old);
        // Stopped when the keys were written under it: the next one counts, and takes its place.
        let next = keys.unlock().make_next(&entropy).unwrap();
        keys.read().unwrap().1.write(keys.file(), &next, &entropy).unwrap();
        assert_eq!(root(&keys), before);
        assert_ne!(fs::read(&keys.unlock().0).unwrap(), old);
        assert!(!keys.unlock().next().exists());
        // The whole way.
        let moved = fs::read(&keys.unlock().0).unwrap();
        keys.rotate_unlock(&entropy).unwrap();
        assert_eq!(root(&keys), before);
        assert_ne!(fs::read(&keys.unlock().0).unwrap(), moved);
        // Neither opens it.
        fs::write(&keys.unlock().0, &old).unwrap();
        assert!(matches!(keys.read(), Err(KeyFileError::Locked(_))));
    }

    #[test]
    fn a_key_file_of_version_1_is_read_and_written_anew_when_it_changes() {
        let (_place, keys) = folder();
        // As 0.1 wrote it: root and seed, one after the other, under an unlock key of ones.
        let version_1 = r#"{
          "version": 1,
          "log_name": "console.example.org/log",
          "nonce": "BAQEBAQEBAQEBAQE",
          "sealed": "7aNZQpu6uUulTpy-kleugHca66UuLuc2yYH_v8E6uRfGMGTgdg725QWq6EskWdvXCuuog5fmDZPOpNaitSC8CLlFnTZN4qssYERZdjbTUbk"
        }"#;
        fs::write(&keys.unlock().0, "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE").unwrap();
        fs::write(keys.file(), version_1).unwrap();
        let (_, file) = keys.read().unwrap();
        assert_eq!(*file.secrets.root.expose().unwrap(), [2; 32]);
        assert_eq!(*file.secrets.log.expose().unwrap(), [3; 32]);
        assert!(file.secrets.ceremonies.is_none(), "derived from the root, as it was");
        keys.change(&HostEntropy::new(), |_| ()).unwrap();
        let text = fs::read_to_string(keys.file()).unwrap();
        assert!(text.contains("\"version\": 2"), "{text}");
        assert_eq!(*keys.read().unwrap().1.secrets.root.expose().unwrap(), [2; 32]);
        // The name under which the key signs cannot be changed in the file.
        fs::write(keys.file(), text.replace("example.org", "example.net")).unwrap();
        assert!(matches!(keys.read(), Err(KeyFileError::Locked(_))));
        fs::write(keys.file(), text.replace("\"version\": 2", "\"version\": 3")).unwrap();
        assert!(matches!(keys.read(), Err(KeyFileError::TooNew(_, 3))));
    }
}
