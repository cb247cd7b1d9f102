//! What every use case works with.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicI64, Ordering},
};

use firstkey_domain::{StreamId, log::Log};
use firstkey_ports::{Entropy, Ledger, Outbox, Queries, ReferenceClock, Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, broadcast};
use uuid::Uuid;

use crate::{Keys, Settings, Site, metadata::MetadataCache, policy::PolicyCache};

/// How far wall time and time since boot may part (rule 22).
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// All sides of a store.
pub trait Backend: Store + Queries + Outbox + Ledger {}

impl<S: Store + Queries + Outbox + Ledger> Backend for S {}

/// Streams that a commit has moved, for pages that update by themselves.
pub type Changed = Arc<[StreamId]>;

/// What every use case works with.
pub struct App<S> {
    pub(crate) store: S,
    pub(crate) clock: Arc<dyn ReferenceClock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) keys: Keys,
    pub(crate) site: Site,
    pub(crate) settings: Settings,
    pub(crate) policies: PolicyCache,
    pub(crate) metadata: MetadataCache,
    pub(crate) changed: broadcast::Sender<Changed>,
    /// Held while the log is signed, and while what signs it changes.
    pub(crate) signing: Mutex<()>,
    /// The epoch of the log.
    epoch: RwLock<Option<Timestamp>>,
    /// The latest time at which anything was decided, in microseconds.
    high_water: AtomicI64,
}

impl<S: Backend> App<S> {
    /// Puts it together. Reads the store once, so that time never runs backwards (rule 22).
    pub async fn new(
        store: S,
        clock: Arc<dyn ReferenceClock>,
        entropy: Arc<dyn Entropy>,
        keys: Keys,
        site: Site,
        settings: Settings,
    ) -> Result<Self, StoreError> {
        let last = store.last_event().await?.map_or(i64::MIN, Timestamp::as_microsecond);
        let epoch = epoch(&store, &keys).await?;
        Ok(Self {
            store,
            clock,
            entropy,
            keys,
            site,
            settings,
            policies: PolicyCache::default(),
            metadata: MetadataCache::default(),
            changed: broadcast::channel(256).0,
            signing: Mutex::new(()),
            epoch: RwLock::new(epoch),
            high_water: AtomicI64::new(last),
        })
    }

    /// The time, never before the last committed event.
    pub fn now(&self) -> Timestamp {
        let wall = self.clock.read().wall.as_microsecond();
        let latest = self.high_water.load(Ordering::Acquire).max(wall);
        Timestamp::from_microsecond(latest).unwrap_or(Timestamp::MAX)
    }

    /// Whether wall time and time since boot have parted by more than two minutes since the clock was
    /// last taken as right, before the last restart or after it (rule 22).
    pub fn is_clock_moved(&self) -> bool {
        self.clock.read().moved_since(self.clock.reference()).abs() > CLOCK_TOLERANCE
    }

    pub(crate) fn raise_high_water(&self, at: Timestamp) {
        self.high_water.fetch_max(at.as_microsecond(), Ordering::AcqRel);
    }

    /// A new id that sorts by `now`.
    pub(crate) fn new_uuid(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.entropy.bytes()).into_uuid()
    }

    /// The store, for reads.
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// Where Firstkey lives.
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// How long things last.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The keys.
    pub const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Random bytes.
    pub fn entropy(&self) -> &dyn Entropy {
        &*self.entropy
    }

    /// When the log's epoch began; `None` in the first.
    pub fn epoch(&self) -> Option<Timestamp> {
        *self.epoch.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is signed from here on is of this epoch.
    pub(crate) fn enter_epoch(&self, epoch: Option<Timestamp>) {
        *self.epoch.write().unwrap_or_else(PoisonError::into_inner) = epoch;
    }

    /// Streams as commits move them. Slow readers miss some and should look again.
    pub fn changes(&self) -> broadcast::Receiver<Changed> {
        self.changed.subscribe()
    }
}

/// The epoch that the log's own stream tells.
async fn epoch<S: Store>(store: &S, keys: &Keys) -> Result<Option<Timestamp>, StoreError> {
    let stored = store.load(&[StreamId::LOG]).await?.pop();
    let Some(stored) = stored.filter(|stored| stored.version > 0) else { return Ok(None) };
    let state = keys.rows.open_state(StreamId::LOG, stored.version, &stored.state);
    let log = state.and_then(|json| serde_json::from_slice::<Log>(json).ok());
    let log =
        log.ok_or_else(|| StoreError(format!("the state of {} was altered", StreamId::LOG)))?;
    Ok(log.epoch)
}
