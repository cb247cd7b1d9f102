//! Why a command failed, in words for the terminal.

use crate::{
    config::ConfigError,
    data::{FolderError, KeyFileError},
};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    /// The database cannot be opened.
    #[error(transparent)]
    Database(#[from] firstkey_store_sqlite::OpenError),
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] firstkey_ports::StoreError),
    /// The log is not as it was signed.
    #[error(transparent)]
    Check(#[from] firstkey_app::audit::CheckError),
    /// Something about files or sockets.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Anything else, said already.
    #[error("{0}")]
    Said(String),
}

impl CommandError {
    /// An error that is said as it is.
    pub fn said(text: impl Into<String>) -> Self {
        Self::Said(text.into())
    }

    /// Whatever failed, said.
    pub fn failed(error: impl std::fmt::Display) -> Self {
        Self::Said(error.to_string())
    }
}
