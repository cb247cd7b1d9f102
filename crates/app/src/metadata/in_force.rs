//! The metadata in force, read once.

use std::sync::Arc;

use firstkey_domain::{Digest, StreamId, metadata::MetadataInForce};
use firstkey_ports::{MetadataFile, StoreError};
use firstkey_webauthn::{
    TrustAnchor,
    metadata::{Expected, Metadata, MetadataError, UnverifiedBlob},
};
use jiff::Timestamp;
use tokio::sync::Mutex;

use super::MetadataFault;
use crate::{App, Backend, Fault, Loaded, Outcome, Unit};

/// The metadata of one file. The lock is held while it is read, so that many who ask at once read it
/// once.
#[derive(Debug, Default)]
pub(crate) struct MetadataCache(Mutex<Option<(Digest, Arc<Metadata>)>>);

/// The metadata in force, guarded by the unit: when a newer one is imported before the commit, it is
/// decided again.
///
/// `None` only if none was ever imported. That it cannot be used is a fault.
pub(crate) async fn in_force<S: Backend, R>(
    unit: &mut Unit<'_, S>,
) -> Outcome<Option<Arc<Metadata>>, R> {
    let state: Option<Loaded<MetadataInForce>> = unit.load(StreamId::METADATA).await?;
    match state {
        Some(state) => {
            let (_, metadata) = unit.app().metadata.of(unit.app(), state.state).await?;
            Ok(Some(metadata))
        }
        None => never_imported(unit.app()).await.map(|()| None),
    }
}

/// Makes sure that none was ever imported. What was is in the log, and whoever takes the state away is
/// not to bring back the days before it.
pub(super) async fn never_imported<S: Backend, R>(app: &App<S>) -> Outcome<(), R> {
    if app.store.entries(StreamId::METADATA).await?.is_empty() {
        return Ok(());
    }
    // Or it came since the state was looked for. Whoever decides guards that there was none, and
    // commits nothing.
    let newest = app.peek::<MetadataInForce>(StreamId::METADATA).await;
    let newest = newest.map_err(|fault| fault.map(|never| match never {}))?;
    newest.map(drop).ok_or_else(|| Fault::Corrupt(StreamId::METADATA.to_string()))
}

impl MetadataCache {
    /// Keeps what was verified.
    pub(super) async fn keep(&self, digest: Digest, metadata: Arc<Metadata>) {
        *self.0.lock().await = Some((digest, metadata));
    }

    /// The metadata of this state, or of a newer one when that came meanwhile.
    pub(super) async fn of<S: Backend, R>(
        &self,
        app: &App<S>,
        mut state: MetadataInForce,
    ) -> Outcome<(MetadataInForce, Arc<Metadata>), R> {
        let mut cached = self.0.lock().await;
        loop {
            if let Some((digest, metadata)) = cached.as_ref()
                && *digest == state.blob.digest
            {
                return Ok((state, metadata.clone()));
            }
            match read(app, &state).await {
                Ok(metadata) => {
                    *cached = Some((state.blob.digest, metadata.clone()));
                    return Ok((state, metadata));
                }
                Err(fault) => {
                    // Another file may have been imported since the state was loaded. Whoever loaded it
                    // guards it, and commits nothing.
                    let newest = app.peek::<MetadataInForce>(StreamId::METADATA).await;
                    let newest = newest.map_err(|fault| fault.map(|never| match never {}))?;
                    match newest.map(|newest| newest.state) {
                        Some(newest) if newest != state => state = newest,
                        _ => return Err(fault),
                    }
                }
            }
        }
    }
}

/// Reads the file that is kept, as it was read when it was imported.
async fn read<S: Backend, R>(app: &App<S>, state: &MetadataInForce) -> Outcome<Arc<Metadata>, R> {
    let blob = state.blob;
    let file = app.store.metadata_file().await?;
    let file = file.ok_or(MetadataFault::Removed(blob.number))?;
    let roots = app.settings.metadata_roots.clone();
    // The signer's certificate was valid then; that it ended since takes nothing away.
    let at = state.imported;
    let read = aside(move || {
        if file.digest() != blob.digest {
            return Err(MetadataFault::Altered(blob.number));
        }
        let refused = |error| MetadataFault::Refused { number: blob.number, error };
        verify(&file, &roots, None, at).map_err(refused)
    });
    Ok(Arc::new(read.await??))
}

/// Checks who signed the file, and reads it.
pub(super) fn verify(
    file: &MetadataFile,
    roots: &[TrustAnchor],
    previous: Option<u64>,
    at: Timestamp,
) -> Result<Metadata, MetadataError> {
    let expected = Expected { previous, ..Expected::from_fido(roots, at.into()) };
    UnverifiedBlob::new(file.as_bytes()).verify(&expected)
}

/// Works on a file of ten megabytes where that keeps nobody waiting.
pub(super) async fn aside<T: Send + 'static, R>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Outcome<T, R> {
    // Fails only when the runtime is being torn down.
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Fault::Store(StoreError(error.to_string())))
}
