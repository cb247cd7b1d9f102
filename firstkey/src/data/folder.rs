//! The data folder and its lock.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something about files.
    #[error("{path}: {error}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What about it.
        error: io::Error,
    },
    /// A server, or another command, works on it.
    #[error("{0} is in use by a running firstkey; stop it first")]
    InUse(PathBuf),
    /// Others may read it, and it is no data folder yet.
    #[error(
        "{0} holds other things and can be read by others; name a folder of its own, or run: \
         chmod 700 {0}"
    )]
    Open(PathBuf),
    /// There is none.
    #[error("there is no data folder {0}; `firstkey up` makes it")]
    Missing(PathBuf),
}

/// The data folder.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
}

/// Held while a process works on the folder.
#[derive(Debug)]
#[expect(dead_code, reason = "holding the file is holding the lock")]
pub struct FolderLock(File);

impl DataFolder {
    /// The folder, made when there is none, and closed to others when it was open to them.
    pub fn create(path: &Path) -> Result<Self, FolderError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|e| io_error(path, e))?;
        let folder = Self { path: path.to_owned() };
        folder.close_to_others(|path, mode| fs::set_permissions(path, mode))?;
        Ok(folder)
    }

    /// Takes group and others their rights to the folder. Not to one that holds something else: who
    /// named a home or `/tmp` by mistake should not lose it to us.
    fn close_to_others(
        &self,
        close: impl FnOnce(&Path, Permissions) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        let wrong = |error| io_error(&self.path, error);
        let mode = fs::metadata(&self.path).map_err(wrong)?.permissions().mode();
        let is_shared = mode & 0o077 != 0;
        if !is_shared {
            return Ok(());
        }
        if !self.is_empty().map_err(wrong)? && !self.database().exists() {
            return Err(FolderError::Open(self.path.clone()));
        }
        let path = self.path.display();
        match close(&self.path, Permissions::from_mode(0o700)) {
            Ok(()) => {
                tracing::warn!(event = "folder.closed", %path, "others could read the data folder");
            }
            // Only its owner may: a container's volume is often root's, and lent to a group. The files
            // in it are closed one by one.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                let mode = format_args!("{:o}", mode & 0o7777);
                tracing::warn!(event = "folder.left_open", %path, %mode, "others have rights to the data folder, and it is not ours to close");
            }
            Err(error) => return Err(wrong(error)),
        }
        Ok(())
    }

    /// Whether nothing is in it but what comes with a volume of its own.
    fn is_empty(&self) -> io::Result<bool> {
        for entry in fs::read_dir(&self.path)? {
            if entry?.file_name() != "lost+found" {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes an empty database file that only its owner can read; its journals take after it.
    pub fn make_database(&self) -> Result<(), FolderError> {
        let path = self.database();
        let made = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&path);
        match made {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(io_error(&path, error))
            }
            _ => Ok(()),
        }
    }

    /// A folder that was made for this just now.
    pub fn new_in(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// The folder, which must be there.
    pub fn existing(path: &Path) -> Result<Self, FolderError> {
        if path.join("firstkey.db").exists() {
            Ok(Self { path: path.to_owned() })
        } else {
            Err(FolderError::Missing(path.to_owned()))
        }
    }

    /// Takes the folder for this process.
    pub fn lock(&self) -> Result<FolderLock, FolderError> {
        let path = self.path.join("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| io_error(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(FolderLock(file)),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse(self.path.clone())),
            Err(TryLockError::Error(error)) => Err(io_error(&path, error)),
        }
    }

    /// The folder's own path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.path.join("firstkey.db")
    }

    /// What the clocks said when they were last taken as right.
    pub fn clock(&self) -> PathBuf {
        self.path.join("clock.json")
    }

    /// The socket of a running server.
    pub fn socket(&self) -> PathBuf {
        self.path.join("control.sock")
    }

    /// Writes a file that only its owner can read, replacing it whole or not at all.
    pub fn write_private(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, FolderError> {
        let path = self.path.join(name);
        write_private(&path, bytes).map_err(|error| io_error(&path, error))?;
        Ok(path)
    }
}

/// Writes a file of mode 0600, replacing it whole or not at all.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write;
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    let mut file =
        OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}

pub(super) fn io_error(path: &Path, error: io::Error) -> FolderError {
    FolderError::Io { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `chmod` says to whoever does not own the folder.
    fn not_ours(_: &Path, _: Permissions) -> io::Result<()> {
        const EPERM: i32 = 1;
        Err(io::Error::from_raw_os_error(EPERM))
    }

    fn open_folder() -> (tempfile::TempDir, DataFolder) {
        let volume = tempfile::tempdir().unwrap();
        fs::set_permissions(volume.path(), Permissions::from_mode(0o770)).unwrap();
        let folder = DataFolder { path: volume.path().to_owned() };
        (volume, folder)
    }

    #[test]
    fn a_folder_that_only_its_owner_can_close_is_used_as_it_is() {
        let (_volume, folder) = open_folder();
        folder.close_to_others(not_ours).unwrap();
        folder.make_database().unwrap();
        folder.close_to_others(not_ours).unwrap();

        let refused = folder.close_to_others(|_, _| Err(io::ErrorKind::ReadOnlyFilesystem.into()));
        assert!(matches!(refused, Err(FolderError::Io { .. })), "{refused:?}");
    }

    #[test]
    fn what_comes_with_a_volume_is_not_something_else() {
        let (volume, _) = open_folder();
        fs::create_dir(volume.path().join("lost+found")).unwrap();
        DataFolder::create(volume.path()).unwrap();
        assert_eq!(fs::metadata(volume.path()).unwrap().permissions().mode() & 0o777, 0o700);

        let (volume, folder) = open_folder();
        fs::write(volume.path().join("letter.txt"), "Dear Ana").unwrap();
        let refused = folder.close_to_others(not_ours);
        assert!(matches!(refused, Err(FolderError::Open(_))), "{refused:?}");
    }
}
