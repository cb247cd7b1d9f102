//! One commit: everything is checked, then everything is written.

use firstkey_domain::StreamId;
use jiff::Timestamp;

use super::world::{Queued, World};
use crate::{
    Append, Commit, CommitError, Entry, Erasure, LogName, Reservation, Sealed, Stored, StoredEntry,
    store::NOTHING_TO_ERASE,
};

impl World {
    pub(super) fn load(&self, stream: StreamId) -> Stored {
        let unknown =
            || Stored { stream, version: 0, at: Timestamp::UNIX_EPOCH, state: Vec::new() };
        self.streams.get(&stream).cloned().unwrap_or_else(unknown)
    }

    pub(super) fn commit(&mut self, commit: Commit) -> Result<(), CommitError> {
        self.check(&commit)?;
        for append in commit.appends {
            let version = append.expected + append.entries.len() as u64;
            let at = commit.at.unwrap_or(Timestamp::UNIX_EPOCH);
            let Append { stream, expected, entries, state } = append;
            self.streams.insert(stream, Stored { stream, version, at, state });
            for (version, entry) in (expected + 1..).zip(entries) {
                self.push(LogName::Lifecycle, Some((stream, version)), entry);
                self.last_event = self.last_event.max(commit.at);
            }
        }
        for erasure in &commit.erasures {
            if let Some(entry) = self.entry_mut(erasure) {
                entry.sealed = None;
            }
        }
        for note in commit.notes {
            self.push(note.log, None, note.entry);
            self.last_event = self.last_event.max(commit.at);
        }
        for key in commit.releases {
            self.reservations.remove(&key);
        }
        for taken in commit.reservations {
            self.reservations.insert((taken.kind, taken.key), taken);
        }
        for row in commit.rows {
            self.apply(row);
        }
        for (tally, delta) in commit.tallies {
            *self.tallies.entry(tally).or_default() += delta;
        }
        for (figure, delta) in commit.figures {
            *self.figures.entry(figure).or_default() += delta;
        }
        for id in commit.revivals {
            if let Some(row) = self.outbox.get_mut(&id).filter(|row| row.is_dead) {
                row.is_dead = false;
                row.tries = 0;
                row.next = commit.at.unwrap_or(row.next);
            }
        }
        for new in commit.outbox {
            let next = new.due;
            let queued = Queued { new, next, tries: 0, is_dead: false, error: None };
            self.outbox.insert(queued.new.id, queued);
        }
        Ok(())
    }

    fn check(&self, commit: &Commit) -> Result<(), CommitError> {
        let guards = commit.guards.iter().map(|guard| (guard.stream, guard.version));
        let appends = commit.appends.iter().map(|append| (append.stream, append.expected));
        for (stream, version) in guards.chain(appends) {
            if self.load(stream).version != version {
                return Err(CommitError::Stale(stream));
            }
        }
        for guard in &commit.sessions {
            let held = self.sessions.get(&guard.session);
            if held.is_none_or(|session| session.person != guard.person) {
                return Err(CommitError::Stale(guard.person.into()));
            }
        }
        for (position, append) in commit.appends.iter().enumerate() {
            if commit.appends[..position].iter().any(|before| before.stream == append.stream) {
                return Err(CommitError::Stale(append.stream));
            }
        }
        for erasure in &commit.erasures {
            if self.load(erasure.stream).version < erasure.version || erasure.version == 0 {
                return Err(CommitError::Refused(NOTHING_TO_ERASE));
            }
        }
        for (position, wanted) in commit.reservations.iter().enumerate() {
            let before = &commit.reservations[..position];
            let is_twice =
                before.iter().any(|other| (other.kind, other.key) == (wanted.kind, wanted.key));
            if is_twice || self.is_held(commit, wanted) {
                return Err(CommitError::Taken(*wanted));
            }
        }
        Ok(())
    }

    fn is_held(&self, commit: &Commit, wanted: &Reservation) -> bool {
        let key = (wanted.kind, wanted.key);
        let is_over =
            |held: &Reservation| held.ends.zip(commit.at).is_some_and(|(ends, now)| ends <= now);
        !commit.releases.contains(&key)
            && self.reservations.get(&key).is_some_and(|held| !is_over(held))
    }

    fn entry_mut(&mut self, erasure: &Erasure) -> Option<&mut StoredEntry> {
        let place = Some((erasure.stream, erasure.version));
        self.entries.iter_mut().map(|(_, entry)| entry).find(|entry| entry.stream == place)
    }

    fn push(&mut self, log: LogName, stream: Option<(StreamId, u64)>, entry: Entry) {
        let stored = StoredEntry {
            sequence: self.entries.len() as u64 + 1,
            stream,
            inner: entry.sealed.as_ref().map(Sealed::digest),
            digest: entry.digest(),
            open: entry.open,
            sealed: entry.sealed,
            leaf: None,
        };
        self.entries.push((log, stored));
    }
}
