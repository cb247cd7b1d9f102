//! The data folder: its lock, its keys, its database.

mod folder;
mod key_file;
mod key_folder;
mod secrets;
mod unlock;

pub use folder::{DataFolder, FolderError, write_private};
pub use key_file::{KEY_FILE, KeyFileError};
pub use key_folder::{KeyFolder, OpenedKeys};
pub use secrets::Secret;
pub use unlock::{UnlockFile, UnlockKey, VARIABLE};
