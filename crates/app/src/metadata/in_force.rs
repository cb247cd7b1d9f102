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

/// What became of the file that was read last. The lock is held while it is read, so that many who ask
/// at once read it once.
#[derive(Debug, Default)]
pub(crate) struct MetadataCache(Mutex<Verdicts>);

/// What became of files.
#[derive(Debug, Default)]
struct Verdicts {
    /// The metadata of one file.
    usable: Option<(Digest, Arc<Metadata>)>,
    /// A file that is not believed, as of the time at which it was judged: a question more does not make
    /// it better, and ten megabytes are not read for each.
    refused: Option<(Digest, Timestamp, MetadataError)>,
}

impl Verdicts {
    fn usable(&self, digest: Digest) -> Option<Arc<Metadata>> {
        let (of, metadata) = self.usable.as_ref()?;
        (*of == digest).then(|| metadata.clone())
    }

    fn refused(&self, digest: Digest, at: Timestamp) -> Option<MetadataError> {
        let (of, as_of, error) = self.refused.as_ref()?;
        (*of == digest && *as_of == at).then(|| error.clone())
    }

    /// Judges a file, if that was not done.
    async fn judge<R>(
        &mut self,
        digest: Digest,
        at: Timestamp,
        judge: impl Future<Output = Outcome<Result<Metadata, MetadataError>, R>>,
    ) -> Outcome<Result<Arc<Metadata>, MetadataError>, R> {
        if let Some(error) = self.refused(digest, at) {
            return Ok(Err(error));
        }
        Ok(match judge.await? {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                self.usable = Some((digest, metadata.clone()));
                Ok(metadata)
            }
            Err(error) => {
                self.refused = Some((digest, at, error.clone()));
                Err(error)
            }
        })
    }
}

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
        *self.0.lock().await = Verdicts { usable: Some((digest, metadata)), refused: None };
    }

    /// The metadata of this state, or of a newer one when that came meanwhile.
    pub(super) async fn of<S: Backend, R>(
        &self,
        app: &App<S>,
        mut state: MetadataInForce,
    ) -> Outcome<(MetadataInForce, Arc<Metadata>), R> {
        let mut verdicts = self.0.lock().await;
        loop {
            if let Some(metadata) = verdicts.usable(state.blob.digest) {
                return Ok((state, metadata));
            }
            match read(app, &state, &mut verdicts).await {
                Ok(metadata) => return Ok((state, metadata)),
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

/// Reads the file that is kept, as it was read when it was imported. Which file it is, is looked at each
/// time, so that one that was put right is noticed.
async fn read<S: Backend, R>(
    app: &App<S>,
    state: &MetadataInForce,
    verdicts: &mut Verdicts,
) -> Outcome<Arc<Metadata>, R> {
    let blob = state.blob;
    let file = app.store.metadata_file().await?;
    let file = Arc::new(file.ok_or(MetadataFault::Removed(blob.number))?);
    let kept = file.clone();
    if aside(move || kept.digest()).await? != blob.digest {
        return Err(MetadataFault::Altered(blob.number).into());
    }
    let roots = app.settings.metadata_roots.clone();
    // The signer's certificate was valid then; that it ended since takes nothing away.
    let at = state.imported;
    let judged = verdicts.judge(blob.digest, at, aside(move || verify(&file, &roots, at))).await?;
    let refused = |error| MetadataFault::Refused { number: blob.number, error };
    Ok(judged.map_err(refused)?)
}

/// Checks who signed the file, and reads it. Whether it is newer than another is not asked here.
pub(super) fn verify(
    file: &MetadataFile,
    roots: &[TrustAnchor],
    at: Timestamp,
) -> Result<Metadata, MetadataError> {
    UnverifiedBlob::new(file.as_bytes()).verify(&Expected::from_fido(roots, at.into()))
}

/// Works on a file of ten megabytes where that keeps nobody waiting.
pub(super) async fn aside<T: Send + 'static, R>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Outcome<T, R> {
    // Fails only when the runtime is being torn down.
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Fault::Store(StoreError(error.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_refused_is_not_read_again_until_something_about_it_changes() {
        let mut verdicts = Verdicts::default();
        let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
        let (then, later) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
        let mut read = Vec::new();
        for (digest, at) in
            [(one, then), (one, then), (one, later), (one, later), (other, later), (one, later)]
        {
            let judge = async {
                read.push((digest, at));
                Ok::<_, Fault<()>>(Err(MetadataError::Payload))
            };
            let judged = verdicts.judge(digest, at, judge).await.unwrap();
            assert_eq!(judged.err(), Some(MetadataError::Payload));
            assert!(verdicts.usable(digest).is_none());
        }
        assert_eq!(read, [(one, then), (one, later), (other, later), (one, later)]);
    }
}
