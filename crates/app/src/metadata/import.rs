//! Importing a file.

use std::sync::Arc;

use firstkey_domain::{
    Actor, StreamId,
    metadata::{Blob, MetadataInForce, NotNewer},
};
use firstkey_ports::{MetadataFile, Row};
use firstkey_webauthn::metadata::{Metadata, MetadataError, UnverifiedBlob};

use super::{
    MetadataReport,
    in_force::{aside, verify},
};
use crate::{Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// Larger files are refused, in bytes: whoever reads one need not read more.
pub const LONGEST_METADATA: u64 = UnverifiedBlob::MAX_LEN as u64;

/// Puts metadata into force.
#[derive(Debug)]
pub struct ImportMetadata {
    /// Who: whom Firstkey believes about models is altered by the host only (rule 1).
    pub host: String,
    /// The file, as the FIDO Alliance publishes it.
    pub file: MetadataFile,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportedMetadata {
    /// It is in force now.
    New(MetadataReport),
    /// It was in force before. The file that was kept is the same, or is now.
    Same(MetadataReport),
}

/// Why a file was not imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportMetadataFault {
    /// It is not what the FIDO Alliance signed, as far as the configured roots say.
    #[error("the file is not imported: {0}")]
    Refused(#[from] MetadataError),
    /// It is not newer than what is in force.
    #[error(transparent)]
    NotNewer(#[from] NotNewer),
}

impl<S: Backend> UseCase<S> for ImportMetadata {
    type Output = ImportedMetadata;
    type Refusal = ImportMetadataFault;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.clone())
    }

    async fn attempt(
        &self,
        unit: &mut Unit<'_, S>,
    ) -> Outcome<ImportedMetadata, ImportMetadataFault> {
        let (app, now) = (unit.app(), unit.now());
        let current: Option<Loaded<MetadataInForce>> = unit.load(StreamId::METADATA).await?;
        let file = self.file.clone();
        let digest = aside(move || file.digest()).await?;
        let same = current.as_deref().filter(|current| current.blob.digest == digest);
        // The same file is read as it was when it came.
        let at = same.map_or(now, |same| same.imported);
        let (file, roots) = (self.file.clone(), app.settings.metadata_roots.clone());
        let read = aside(move || verify(&file, &roots, at)).await?;
        let metadata = Arc::new(read.map_err(Fault::refuse)?);
        let next_update = day(&metadata).map_err(Fault::refuse)?;
        let blob = Blob { number: metadata.number(), digest, next_update };
        let events = MetadataInForce::import(current.as_deref(), blob).map_err(Fault::refuse)?;
        let is_new = !events.is_empty();
        let in_force = match current {
            Some(current) => unit.append(current, events)?,
            None => unit.create(StreamId::METADATA, events)?,
        };
        if is_new || app.store.metadata_file().await?.as_ref() != Some(&self.file) {
            // The same file again mends one that was altered.
            unit.row(Row::Metadata(self.file.clone()));
            unit.in_bulk();
        }
        let report = MetadataReport::of(&in_force, &metadata, now);
        // Under its digest: should the commit fail, nobody asks for it.
        app.metadata.keep(digest, metadata).await;
        Ok(if is_new { ImportedMetadata::New(report) } else { ImportedMetadata::Same(report) })
    }
}

/// The day of the next update, in the domain's type.
fn day(metadata: &Metadata) -> Result<jiff::civil::Date, MetadataError> {
    metadata.next_update().to_string().parse().map_err(|_| MetadataError::Payload)
}
