//! A unit of work: what a use case read and what it wants to change.

use std::{collections::BTreeMap, future::Future};

use firstkey_domain::{
    Actor, Aggregate, AuthenticatorId, Digest, Event, KeyThumbprint, PersonId, Recorded, SessionId,
    StreamId,
};
use firstkey_ports::{
    Append, Commit, CommitError, Entry, Erasure, Guard, LogName, Message, NewMessage, Note,
    NoticeKind, Reservation, ReservationKind, Row, Sealed, SessionGuard, StoreError, Stored,
    project::Projected, reserved,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::{App, Backend, Fault, Outcome};

/// How often a use case is decided again when what it read has moved.
const TRIES: u32 = 8;

/// A state as it was loaded, or as events of this unit have left it.
#[derive(Debug, Clone)]
pub struct Loaded<A> {
    stream: StreamId,
    version: u64,
    /// When it last moved.
    at: Timestamp,
    /// The state.
    pub state: A,
}

impl<A> Loaded<A> {
    /// The stream's version.
    pub const fn version(&self) -> u64 {
        self.version
    }
}

impl<A> std::ops::Deref for Loaded<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.state
    }
}

/// A request whose proof was verified: it was signed by this browser key.
#[derive(Debug, Clone, Copy)]
pub struct ProvenRequest {
    /// The key.
    pub key: KeyThumbprint,
    /// The digest of the proof's `jti`.
    pub proof: Digest,
    /// When the proof's nonce ends; its `jti` need not be remembered longer.
    pub ends: Timestamp,
}

/// Something that can be done. A type rather than a closure, so that it can be decided again.
pub trait UseCase<S: Backend>: Sync {
    /// What it answers.
    type Output: Send;
    /// Why it may be refused.
    type Refusal: Send;

    /// Who does it.
    fn actor(&self) -> Actor;

    /// Reads, decides and says what changes. Called again when what it read has moved.
    fn attempt(
        &self,
        unit: &mut Unit<'_, S>,
    ) -> impl Future<Output = Outcome<Self::Output, Self::Refusal>> + Send;

    /// The reason that it is when somebody else holds what this would reserve.
    fn taken(&self, kind: ReservationKind) -> Fault<Self::Refusal> {
        Fault::Spent(kind)
    }

    /// The reason, for whoever must know which one was held; `None` to decide again, knowing that now.
    /// Whoever answers so must ask for something else the next time.
    fn taken_by(&self, taken: &Reservation) -> Option<Fault<Self::Refusal>> {
        Some(self.taken(taken.kind))
    }
}

/// What a use case read and what it wants to change.
pub struct Unit<'a, S> {
    app: &'a App<S>,
    now: Timestamp,
    by: Actor,
    guards: BTreeMap<StreamId, u64>,
    commit: Commit,
    moved: Vec<StreamId>,
    /// How much later whatever begins after the commit is at least.
    gap: SignedDuration,
    /// What was loaded and had moved at a later time than this decision's.
    ahead: Option<StreamId>,
}

impl<S: Backend> App<S> {
    /// Decides and commits, again when what was read has moved meanwhile.
    pub async fn run<U: UseCase<S>>(&self, use_case: &U) -> Outcome<U::Output, U::Refusal> {
        let mut tries = 0;
        while tries < TRIES {
            let mut unit = Unit::new(self, use_case.actor());
            // Boxed: deciding holds whole states, and every caller's future would grow by them.
            let output = Box::pin(use_case.attempt(&mut unit)).await?;
            match unit.finish().await {
                Ok(()) => return Ok(output),
                Err(CommitError::Stale(_)) => tries += 1,
                Err(CommitError::Taken(taken)) => {
                    if let Some(fault) = use_case.taken_by(&taken) {
                        return Err(fault);
                    }
                }
                Err(error) => return Err(Fault::Commit(error)),
            }
        }
        Err(Fault::Busy)
    }

    /// Reads a state for showing. Decisions load it in a [`Unit`] instead, which guards it.
    pub async fn peek<A: Aggregate>(
        &self,
        id: impl Into<StreamId>,
    ) -> Result<Option<Loaded<A>>, Fault<std::convert::Infallible>> {
        load(self, id.into()).await
    }
}

async fn load<S: Backend, A: Aggregate, R>(
    app: &App<S>,
    stream: StreamId,
) -> Result<Option<Loaded<A>>, Fault<R>> {
    let stored = app.store.load(&[stream]).await?.pop();
    stored.map_or(Ok(None), |stored| open(app, &stored))
}

/// A state as it was stored, if it exists.
fn open<S: Backend, A: Aggregate, R>(
    app: &App<S>,
    stored: &Stored,
) -> Result<Option<Loaded<A>>, Fault<R>> {
    if stored.version == 0 {
        return Ok(None);
    }
    let stream = stored.stream;
    let Some(json) = app.keys.rows.open_state(stream, stored.version, &stored.state) else {
        tracing::error!(event = "state.seal_broken", %stream, "a state was altered");
        return Err(Fault::Corrupt(stream.to_string()));
    };
    let state = serde_json::from_slice(json).map_err(|_| Fault::Corrupt(stream.to_string()))?;
    Ok(Some(Loaded { stream, version: stored.version, at: stored.at, state }))
}

impl<'a, S: Backend> Unit<'a, S> {
    fn new(app: &'a App<S>, by: Actor) -> Self {
        let now = app.now();
        Self {
            app,
            now,
            by,
            guards: BTreeMap::new(),
            commit: Commit { at: Some(now), ..Commit::default() },
            moved: Vec::new(),
            gap: SignedDuration::ZERO,
            ahead: None,
        }
    }

    /// A unit that reads what decisions read and commits nothing.
    pub(crate) fn viewing(app: &'a App<S>) -> Self {
        Self::new(app, Actor::Clock)
    }

    /// A unit that tries, as whoever would do it, what decisions would do, and commits nothing.
    pub(crate) fn rehearsing(app: &'a App<S>, by: Actor) -> Self {
        Self::new(app, by)
    }

    /// The state that events would lead to, changing nothing.
    pub(crate) fn preview<A: Aggregate + Clone, R>(
        &self,
        loaded: &Loaded<A>,
        events: Vec<A::Event>,
    ) -> Outcome<Loaded<A>, R> {
        let Loaded { stream, mut version, mut state, .. } = loaded.clone();
        for event in events {
            version += 1;
            let recorded = Recorded { stream, version, at: self.now, by: self.by.clone(), event };
            state = A::evolve(Some(state), &recorded)?;
        }
        Ok(Loaded { stream, version, at: self.now, state })
    }

    /// The application.
    pub const fn app(&self) -> &'a App<S> {
        self.app
    }

    /// The time of this decision.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Who decides.
    pub const fn by(&self) -> &Actor {
        &self.by
    }

    /// A new id.
    pub fn new_uuid(&self) -> Uuid {
        self.app.new_uuid(self.now)
    }

    /// Loads a state and guards it: the commit fails when it moves meanwhile (rule 16). That it
    /// does not exist is guarded too.
    pub async fn load<A: Aggregate, R>(
        &mut self,
        id: impl Into<StreamId>,
    ) -> Outcome<Option<Loaded<A>>, R> {
        let stream = id.into();
        let loaded = load(self.app, stream).await?;
        self.guard(stream, loaded.as_ref());
        Ok(loaded)
    }

    /// The same with a state that a read of rows brought along.
    pub fn loaded<A: Aggregate, R>(&mut self, stored: &Stored) -> Outcome<Option<Loaded<A>>, R> {
        let loaded = open(self.app, stored)?;
        self.guard(stored.stream, loaded.as_ref());
        Ok(loaded)
    }

    fn guard<A>(&mut self, stream: StreamId, loaded: Option<&Loaded<A>>) {
        if loaded.is_some_and(|loaded| loaded.at > self.now) {
            self.ahead = Some(stream);
        }
        let version = loaded.map_or(0, Loaded::version);
        // Loaded before at another version: the older guard stays, so that the commit is stale.
        self.guards.entry(stream).or_insert(version);
    }

    /// Appends events to a loaded state, and answers with the state after them.
    pub fn append<A: Projected + Clone, R>(
        &mut self,
        loaded: Loaded<A>,
        events: Vec<A::Event>,
    ) -> Outcome<Loaded<A>, R> {
        if events.is_empty() {
            return Ok(loaded);
        }
        let Loaded { stream, version, state, .. } = loaded;
        self.record(stream, version, Some(&state), events)
    }

    /// Appends the first events of a stream.
    pub fn create<A: Projected + Clone, R>(
        &mut self,
        id: impl Into<StreamId>,
        events: Vec<A::Event>,
    ) -> Outcome<Loaded<A>, R> {
        self.record(id.into(), 0, None, events)
    }

    fn record<A: Projected + Clone, R>(
        &mut self,
        stream: StreamId,
        before: u64,
        old: Option<&A>,
        events: Vec<A::Event>,
    ) -> Outcome<Loaded<A>, R> {
        let mut version = before;
        let mut state = old.cloned();
        let mut entries = Vec::with_capacity(events.len());
        for event in events {
            version += 1;
            let recorded = Recorded { stream, version, at: self.now, by: self.by.clone(), event };
            entries.push(self.entry(&recorded, recorded.event.confidential())?);
            state = Some(A::evolve(state, &recorded)?);
        }
        let state = state.ok_or_else(|| Fault::Corrupt(stream.to_string()))?;
        self.commit.tallies.extend(A::tallies(old, &state, self.now));
        self.commit.figures.extend(A::figures(old, &state, self.now));
        self.commit.rows.extend(state.rows(self.app.keys.rows()));
        let state_bytes = self.app.keys.rows.seal_state(stream, version, encode(&state)?);
        let earlier = self.commit.appends.iter_mut().find(|append| append.stream == stream);
        if let Some(append) = earlier {
            append.entries.extend(entries);
            append.state = state_bytes;
        } else {
            if self.guards.get(&stream) == Some(&before) {
                self.guards.remove(&stream);
            }
            self.moved.push(stream);
            self.commit.appends.push(Append {
                stream,
                expected: before,
                entries,
                state: state_bytes,
            });
        }
        Ok(Loaded { stream, version, at: self.now, state })
    }

    fn entry<T: Serialize, R>(
        &self,
        recorded: &T,
        confidential: Option<Vec<u8>>,
    ) -> Outcome<Entry, R> {
        let sealed = confidential.map(|bytes| Sealed { salt: self.app.entropy.bytes(), bytes });
        Ok(Entry { open: encode(recorded)?, sealed })
    }

    /// Takes something once.
    pub fn reserve(
        &mut self,
        kind: ReservationKind,
        key: Digest,
        owner: Uuid,
        ends: Option<Timestamp>,
    ) {
        self.commit.reservations.push(Reservation { kind, key, owner, ends });
    }

    /// Lets somebody else take it.
    pub fn release(&mut self, kind: ReservationKind, key: Digest) {
        self.commit.releases.push((kind, key));
    }

    /// Deletes an event's salt and confidential bytes.
    pub(crate) fn erase(&mut self, stream: StreamId, version: u64) {
        self.commit.erasures.push(Erasure { stream, version });
    }

    /// Uses up the request's proof.
    pub fn spend_proof(&mut self, request: &ProvenRequest) {
        self.spend(ReservationKind::Proof, request.proof, request.ends);
    }

    /// The commit fails once this session of theirs has ended.
    pub fn rest_on_session(&mut self, session: SessionId, person: PersonId) {
        self.commit.sessions.push(SessionGuard { session, person });
    }

    /// Uses up an address that a voucher's screen showed.
    pub fn spend_handover(&mut self, secret: Digest, ends: Timestamp) {
        self.spend(ReservationKind::Handover, secret, ends);
    }

    /// Uses up a challenge.
    pub fn spend_challenge(&mut self, challenge: Digest, ends: Timestamp) {
        self.spend(ReservationKind::Challenge, challenge, ends);
    }

    /// Both are signed or sealed together with their ends.
    fn spend(&mut self, kind: ReservationKind, once: Digest, ends: Timestamp) {
        self.reserve(kind, reserved::until(ends, once), Uuid::nil(), Some(ends));
    }

    /// Sends a message, not before `due`.
    pub fn send(&mut self, message: Message, due: Timestamp) {
        let id = self.new_uuid();
        self.commit.outbox.push(NewMessage { id, message, due });
    }

    /// Tries a dead message again, at once.
    pub fn revive(&mut self, message: Uuid) {
        self.commit.revivals.push(message);
    }

    /// Sends a notice at once.
    pub fn notify(
        &mut self,
        notice: NoticeKind,
        to: PersonId,
        about: PersonId,
        authenticator: Option<AuthenticatorId>,
    ) {
        let message = Message::Notice { notice, to, about, authenticator, address: None };
        self.send(message, self.now);
    }

    /// Changes a row that follows from no state.
    pub fn row(&mut self, row: Row) {
        self.commit.rows.push(row);
    }

    /// Notes the beginning or the end of a session in this month's access log.
    pub fn note_access<N: Serialize, R>(&mut self, note: &N) -> Outcome<(), R> {
        let day = self.now.to_zoned(jiff::tz::TimeZone::UTC).date();
        self.note(LogName::access(day), note)
    }

    /// Notes in the lifecycle log what happened to no stream.
    pub fn note_lifecycle<N: Serialize, R>(&mut self, note: &N) -> Outcome<(), R> {
        self.note(LogName::Lifecycle, note)
    }

    fn note<N: Serialize, R>(&mut self, log: LogName, note: &N) -> Outcome<(), R> {
        let entry = self.entry(note, None)?;
        self.commit.notes.push(Note { log, entry });
        Ok(())
    }

    /// Whatever begins when this is committed begins at a later time, also when the clock stands still.
    pub(crate) const fn ends_its_moment(&mut self) {
        self.gap = SignedDuration::from_micros(1);
    }

    /// Lets interactive work pass before this.
    pub const fn in_bulk(&mut self) {
        self.commit.bulk = true;
    }

    async fn finish(mut self) -> Result<(), CommitError> {
        let is_empty = self.commit.appends.is_empty()
            && self.commit.rows.is_empty()
            && self.commit.reservations.is_empty()
            && self.commit.notes.is_empty()
            && self.commit.outbox.is_empty()
            && self.commit.revivals.is_empty()
            && self.commit.erasures.is_empty()
            && self.commit.releases.is_empty()
            && self.commit.tallies.is_empty()
            && self.commit.figures.is_empty();
        if is_empty {
            return Ok(());
        }
        self.commit.guards = self
            .guards
            .iter()
            .map(|(stream, version)| Guard { stream: *stream, version: *version })
            .collect();
        if let Some(stream) = self.ahead {
            // Somebody took the time later and committed before it was loaded. No event of a stream is
            // earlier than the one before it (rule 22), so this is decided again, later.
            return Err(CommitError::Stale(stream));
        }
        // Before the commit, so that whoever sees it takes no earlier time.
        self.app.raise_high_water(self.now + self.gap);
        self.app.store.commit(self.commit).await?;
        if !self.moved.is_empty() {
            // Nobody listening is no error.
            let _ = self.app.changed.send(self.moved.into());
        }
        Ok(())
    }
}

fn encode<T: Serialize, R>(value: &T) -> Outcome<Vec<u8>, R> {
    serde_json::to_vec(value).map_err(|error| Fault::Store(StoreError(error.to_string())))
}
