//! What an operator is told about metadata.

use std::{convert::Infallible, sync::Arc};

use firstkey_domain::{StreamId, metadata::MetadataInForce};
use firstkey_webauthn::metadata::{Metadata, SetAside};
use jiff::Timestamp;

use super::in_force::never_imported;
use crate::{App, Backend, Fault};

/// What an operator is told about the metadata in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataReport {
    /// Which BLOB it is, when it came and who brought it.
    pub in_force: MetadataInForce,
    /// How many models it knows.
    pub models: usize,
    /// Entries that are not used, and why: nobody vouches for their models, and to policy they are
    /// revoked.
    pub set_aside: Vec<SetAside>,
    /// Root certificates that could not be read. They vouch for nobody.
    pub unreadable_roots: usize,
    /// Whether there should be a newer one by now.
    pub is_stale: bool,
}

impl MetadataReport {
    pub(super) fn of(in_force: &MetadataInForce, metadata: &Metadata, now: Timestamp) -> Self {
        Self {
            in_force: in_force.clone(),
            models: metadata.entries().len(),
            set_aside: metadata.set_aside().to_vec(),
            unreadable_roots: metadata.entries().iter().map(|entry| entry.unreadable_roots).sum(),
            is_stale: in_force.is_stale_at(now),
        }
    }
}

impl<S: Backend> App<S> {
    /// The metadata in force, for showing; `None` when none was ever imported. Decisions load it in a
    /// unit instead, which guards it.
    pub async fn metadata(&self) -> Result<Option<Arc<Metadata>>, Fault<Infallible>> {
        let Some(state) = self.peek::<MetadataInForce>(StreamId::METADATA).await? else {
            return never_imported(self).await.map(|()| None);
        };
        let (_, metadata) = self.metadata.of(self, state.state).await?;
        Ok(Some(metadata))
    }

    /// Looks at the metadata in force, and reads it if that was not done yet; `None` when none was ever
    /// imported. Called once at the start, so that the first registration need not wait for it.
    pub async fn metadata_report(&self) -> Result<Option<MetadataReport>, Fault<Infallible>> {
        let Some(state) = self.peek::<MetadataInForce>(StreamId::METADATA).await? else {
            return never_imported(self).await.map(|()| None);
        };
        let (state, metadata) = self.metadata.of(self, state.state).await?;
        Ok(Some(MetadataReport::of(&state, &metadata, self.now())))
    }
}
