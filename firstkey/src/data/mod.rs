//! The data folder: its lock, its keys, its database.

mod folder;
mod key_file;
mod unlock;

pub use folder::{DataFolder, FolderError, write_private};
pub use key_file::{KeyFileError, OpenedKeys};
