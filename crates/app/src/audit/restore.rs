//! After a restore (rule 21): another epoch of the log begins, which names the one before, and nothing
//! that was open when the backup was made is open any more.

use std::convert::Infallible;

use firstkey_domain::{
    Actor, Digest, EnrollmentId, PersonId, SessionId, StreamId,
    enrollment::Enrollment,
    log::{Log, OutsideCheckpoint, Restored},
    machine_key::MachineKey,
};
use firstkey_log::{checkpoint::OpenCheckpointError, hash::Hash};
use firstkey_ports::{After, Archive, EnrollmentFilter, LogName, Row, SessionRow, StoreError};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    LineageError, SequenceError,
    lineage::{Lineage, SignedTree},
    log_ref,
    sequencer::index_all,
    tiles::{Tiles, stored},
};
use crate::{App, Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// How many things are closed in one commit.
const BATCH: u32 = 100;

/// What a restore found and did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreReport {
    /// When the epoch began.
    pub epoch: Timestamp,
    /// Entries of the lifecycle log that the backup held.
    pub kept: u64,
    /// How many that were signed later are lost; `None` when nobody could say.
    pub lost: Option<u64>,
    /// Whether the outside checkpoint was shown to be of this very tree: `false` when it is newer than
    /// the backup, or there is none.
    pub is_shown: bool,
    /// Enrollments that were closed.
    pub enrollments: usize,
    /// Sessions that were ended.
    pub sessions: usize,
    /// Machine keys that were ended.
    pub machine_keys: usize,
}

/// Why nothing is signed after a restore.
#[derive(Debug, thiserror::Error)]
pub enum RestoreFault {
    /// The log cannot be read.
    #[error(transparent)]
    Sequence(#[from] SequenceError),
    /// Its keys and epochs cannot be told.
    #[error(transparent)]
    Lineage(#[from] LineageError),
    /// The outside checkpoint is none.
    #[error(
        "the checkpoint is not to be believed: {0}. If the log's key was rotated after this backup, \
         restore a backup that was made since"
    )]
    Unbelievable(OpenCheckpointError),
    /// It is of something else.
    #[error("the checkpoint is of {0}; give the newest one of this Firstkey's lifecycle log")]
    OtherLog(String),
    /// The backup holds another tree than the one that was signed.
    #[error(
        "the backup's log does not continue what was signed at size {0}: the backup, or the log that \
         it was made of, was forged; keep both, and restore another backup"
    )]
    Forked(u64),
    /// Something was not committed.
    #[error(transparent)]
    Fault(#[from] Fault<Infallible>),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins the epoch.
struct BeginEpoch<'a> {
    host: &'a str,
    restored: Restored,
}

impl<S: Backend> UseCase<S> for BeginEpoch<'_> {
    type Output = Option<Timestamp>;
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.to_owned())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Option<Timestamp>, Infallible> {
        let current: Option<Loaded<Log>> = unit.load(StreamId::LOG).await?;
        let events = Log::begin_epoch(self.restored.clone());
        let log = match current {
            Some(current) => unit.append(current, events)?,
            None => unit.create(StreamId::LOG, events)?,
        };
        Ok(log.state.epoch)
    }
}

/// Closes enrollments with all that came of them.
struct CloseRestored<'a> {
    host: &'a str,
    enrollments: Vec<EnrollmentId>,
}

impl<S: Backend> UseCase<S> for CloseRestored<'_> {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.to_owned())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        for id in &self.enrollments {
            let enrollment: Option<Loaded<Enrollment>> = unit.load(*id).await?;
            if let Some(enrollment) = enrollment {
                let events = enrollment.close_restored();
                unit.append(enrollment, events)?;
            }
        }
        Ok(())
    }
}

/// Ends machine keys: one that was ended after the backup would be good again.
struct EndRestoredKeys<'a> {
    host: &'a str,
    keys: Vec<StreamId>,
}

impl<S: Backend> UseCase<S> for EndRestoredKeys<'_> {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.to_owned())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        for stream in &self.keys {
            let key: Option<Loaded<MachineKey>> = unit.load(*stream).await?;
            if let Some(key) = key {
                let events = key.end_restored();
                unit.append(key, events)?;
            }
        }
        Ok(())
    }
}

/// The leaf of a session that somebody on the host ended.
#[derive(Serialize)]
struct SessionClosedNote {
    kind: &'static str,
    at: Timestamp,
    person: PersonId,
    session: SessionId,
    by: Actor,
}

/// Ends sessions.
struct EndRestored<'a> {
    host: &'a str,
    sessions: Vec<SessionRow>,
}

impl<S: Backend> UseCase<S> for EndRestored<'_> {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.to_owned())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        let (at, by) = (unit.now(), unit.by().clone());
        for session in &self.sessions {
            unit.row(Row::SessionEnded(session.id));
            unit.note_access(&SessionClosedNote {
                kind: "session.closed/1",
                at,
                person: session.person,
                session: session.id,
                by: by.clone(),
            })?;
        }
        Ok(())
    }
}

impl<S: Backend + Archive> App<S> {
    /// Begins another epoch on a database that was restored from a backup of `backup`, and closes what
    /// was open in it. `outside` is the newest checkpoint of the lifecycle log that anybody kept, or
    /// `None` when whoever restores acknowledges that there is none. Nothing is signed before.
    pub async fn begin_restored(
        &self,
        host: &str,
        backup: Timestamp,
        outside: Option<&str>,
    ) -> Result<RestoreReport, RestoreFault> {
        for (log, _) in self.store.logs().await? {
            index_all(self, log).await?;
        }
        let tree = index_all(self, LogName::Lifecycle).await?;
        let (kept, root) = (tree.size(), tree.root());
        let outside = match outside {
            Some(note) => Some(self.believe(note, (kept, root)).await?),
            None => None,
        };
        let is_shown = outside.as_ref().is_some_and(|(_, is_shown)| *is_shown);
        let outside = outside.map(|(outside, _)| outside);
        let restored = Restored { backup, kept, root: stored(root), outside };
        let lost = restored.lost();
        let epoch = self.run(&BeginEpoch { host, restored }).await?;
        self.enter_epoch(epoch);
        Ok(RestoreReport {
            epoch: epoch.unwrap_or_else(|| self.now()),
            kept,
            lost,
            is_shown,
            enrollments: self.close_restored(host).await?,
            sessions: self.end_restored(host).await?,
            machine_keys: self.end_restored_keys(host).await?,
        })
    }

    /// Reads the outside checkpoint, and says whether it was shown to be of the tree that was restored:
    /// what was signed after the backup cannot be.
    async fn believe(
        &self,
        note: &str,
        tree: (u64, Hash),
    ) -> Result<(OutsideCheckpoint, bool), RestoreFault> {
        let lineage = Lineage::read(&self.store, &self.keys.log().verifier()).await?;
        let SignedTree { checkpoint, log, .. } =
            lineage.open(note).map_err(RestoreFault::Unbelievable)?;
        if log != log_ref(&self.site, log.epoch(), LogName::Lifecycle) {
            return Err(RestoreFault::OtherLog(log.to_string()));
        }
        let (size, root) = (checkpoint.size(), checkpoint.root());
        let is_of_this_tree = lineage.has_epoch(log.epoch());
        let is_shown = is_of_this_tree && size <= tree.0;
        if is_shown {
            let mut tiles = Tiles::new(&self.store, LogName::Lifecycle);
            let continues = tiles.begins_with((size, root), tree).await;
            if !continues.is_ok_and(|continues| continues) {
                return Err(RestoreFault::Forked(size));
            }
        }
        let root: Digest = stored(root);
        Ok((OutsideCheckpoint { size, root, note: note.to_owned() }, is_shown))
    }

    async fn close_restored(&self, host: &str) -> Result<usize, RestoreFault> {
        let open = EnrollmentFilter { open: true, ..EnrollmentFilter::default() };
        let mut closed = 0;
        let mut after = After::default();
        loop {
            let found = self.store.enrollments(&open, after, BATCH).await?;
            let Some(last) = found.last() else { return Ok(closed) };
            after = After(Some(last.enrollment.id.uuid()));
            closed += found.len();
            let enrollments = found.iter().map(|waiting| waiting.enrollment.id).collect();
            self.run(&CloseRestored { host, enrollments }).await?;
        }
    }

    async fn end_restored_keys(&self, host: &str) -> Result<usize, RestoreFault> {
        let now = self.now();
        let mut keys = self.first_machine_keys(u32::MAX).await?;
        keys.retain(|key| key.is_good_at(now));
        let keys: Vec<StreamId> =
            keys.iter().map(|key| MachineKey::stream(key.grant.key)).collect();
        for some in keys.chunks(BATCH as usize) {
            self.run(&EndRestoredKeys { host, keys: some.to_vec() }).await?;
        }
        Ok(keys.len())
    }

    async fn end_restored(&self, host: &str) -> Result<usize, RestoreFault> {
        let mut ended = 0;
        loop {
            // From the first each time: those that were ended are gone.
            let sessions = self.store.sessions_after(None, BATCH).await?;
            if sessions.is_empty() {
                return Ok(ended);
            }
            ended += sessions.len();
            self.run(&EndRestored { host, sessions }).await?;
        }
    }
}
