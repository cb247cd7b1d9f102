//! The certificate of a running server: from files, or from an authority that speaks ACME.

mod acme;
mod end;
mod files;

use std::{path::Path, sync::Arc};

use firstkey_certificates::Kept;
use firstkey_web::Readiness;
use tokio::sync::watch;

use crate::{commands::CommandError, config::Config};

use acme::FromAcme;
use end::End;
use files::FromFiles;
pub use files::read;

/// The certificate of a running server.
pub enum Certificate {
    Files(FromFiles),
    Acme(FromAcme),
}

impl Certificate {
    /// The one that the configuration asks for, if Firstkey speaks HTTPS itself. `data` is the data folder.
    pub fn open(config: &Config, data: &Path) -> Result<Option<Self>, CommandError> {
        let hosts = config.hosts().map_err(CommandError::failed)?;
        if let Some(files) = config.tls_files().map_err(CommandError::failed)? {
            let files = FromFiles::open(files, hosts).map_err(CommandError::failed)?;
            return Ok(Some(Self::Files(files)));
        }
        let Some(acme) = config.acme(data).map_err(CommandError::failed)? else { return Ok(None) };
        let acme = FromAcme::open(acme, hosts).map_err(CommandError::failed)?;
        Ok(Some(Self::Acme(acme)))
    }

    /// What is served.
    pub fn kept(&self) -> Arc<Kept> {
        match self {
            Self::Files(files) => files.kept(),
            Self::Acme(acme) => acme.kept(),
        }
    }

    /// Keeps it good until the server stops.
    pub async fn look_after(self, readiness: Readiness, stop: watch::Receiver<bool>) {
        match self {
            Self::Files(files) => files.look_after(readiness, stop).await,
            Self::Acme(acme) => acme.look_after(readiness, stop).await,
        }
    }
}
