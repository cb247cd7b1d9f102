//! Sessions beside the notes of how they began and ended.
//!
//! A session's row follows from no stream, and its secret is nowhere. But each began with a signature
//! that was logged, and ends at sign-out are logged too. A row that was put there lets nobody in, by its
//! seal; here it is named. One that is gone was ended or has ended: nobody is harmed.
//!
//! What counts is the order of commits, which is the order of the walk. A note's time says when somebody
//! decided: a sign-out everywhere that was decided before a sign-in, and committed after it, ends it.

use std::collections::{BTreeMap, BTreeSet};

use firstkey_domain::{AuthenticatorId, PersonId, SessionId};
use firstkey_ports::{SessionRow, SessionView, StoredEntry};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{CHUNK, Change, CheckError, CheckReport, Checked, RowName, Tampering};

/// No setting lets a session live longer.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// What the walk over all notes has seen of the sessions that are there.
#[derive(Debug, Default)]
pub(super) struct SessionWalk {
    /// Which there are. What else the notes name has ended.
    there: BTreeSet<SessionId>,
    /// How many of them a note begins.
    begun: u64,
    /// Those of them that the walk saw begin and not end, by whom their notes name. Never more than
    /// there are sessions.
    open: BTreeMap<PersonId, BTreeSet<SessionId>>,
    /// The first that is not what was noted.
    finding: Option<Tampering>,
}

#[derive(Deserialize)]
struct Noted {
    kind: String,
    at: Timestamp,
    person: PersonId,
    session: Option<SessionId>,
    signed: Option<SignedBy>,
}

#[derive(Deserialize)]
struct SignedBy {
    authenticator: AuthenticatorId,
}

impl SessionWalk {
    /// Looks which sessions there are.
    pub(super) async fn start<S: Checked>(store: &S) -> Result<Self, CheckError> {
        let mut walk = Self::default();
        let mut last = None;
        loop {
            let chunk = store.sessions_after(last, CHUNK).await?;
            let Some(end) = chunk.last() else { break };
            last = Some(end.id);
            walk.there.extend(chunk.iter().map(|row| row.id));
        }
        Ok(walk)
    }

    /// Compares what a note says with the session's row.
    pub(super) async fn see<S: Checked>(
        &mut self,
        store: &S,
        entry: &StoredEntry,
    ) -> Result<(), CheckError> {
        let Ok(noted) = serde_json::from_slice::<Noted>(&entry.open) else { return Ok(()) };
        match (noted.kind.as_str(), noted.session) {
            ("session.began/1", Some(session)) => self.begin(store, session, &noted).await,
            ("session.ended/1" | "session.over/1" | "session.closed/1", Some(session)) => {
                let of_them = self.open.get_mut(&noted.person);
                let ended = of_them.and_then(|open| open.take(&session));
                self.end(store, ended).await
            }
            ("session.all_ended/1", _) => {
                let ended = self.open.remove(&noted.person);
                self.end(store, ended.into_iter().flatten()).await
            }
            _ => Ok(()),
        }
    }

    async fn begin<S: Checked>(
        &mut self,
        store: &S,
        session: SessionId,
        noted: &Noted,
    ) -> Result<(), CheckError> {
        if !self.there.contains(&session) {
            return Ok(());
        }
        if let Some(row) = store.session_row(session).await? {
            self.begun += 1;
            self.open.entry(noted.person).or_default().insert(session);
            if !fits(&row, noted) {
                self.finding.get_or_insert_with(|| named(&row, Change::Altered));
            }
        }
        Ok(())
    }

    /// These ended here: none of them is there, unless it was put back. Looked up again, because they
    /// may end while a running server is checked.
    async fn end<S: Checked>(
        &mut self,
        store: &S,
        ended: impl IntoIterator<Item = SessionId>,
    ) -> Result<(), CheckError> {
        for session in ended {
            if let Some(row) = store.session_row(session).await? {
                self.finding.get_or_insert_with(|| named(&row, Change::Inserted));
            }
        }
        Ok(())
    }

    /// Every session has its beginning, an owner who belongs, and an authenticator that may be used.
    pub(super) async fn judge<S: Checked>(
        self,
        store: &S,
        report: &mut CheckReport,
    ) -> Result<(), CheckError> {
        if let Some(finding) = self.finding {
            return Err(finding.into());
        }
        let stored = self.there.len() as u64;
        let mut last = None;
        loop {
            let chunk = store.sessions_after(last, CHUNK).await?;
            let Some(end) = chunk.last() else { break };
            last = Some(end.id);
            for row in chunk {
                let view = store.session(row.id).await?;
                let is_noted = self.begun == stored || is_begun(store, row.id).await?;
                if !is_noted || !view.as_ref().is_some_and(is_sound) {
                    return Err(named(&row, Change::Inserted).into());
                }
            }
        }
        report.sessions = stored;
        Ok(())
    }
}

fn named(row: &SessionRow, change: Change) -> Tampering {
    Tampering::Row { row: RowName::Session(row.id, row.person), change }
}

fn fits(row: &SessionRow, noted: &Noted) -> bool {
    let life = row.expires.duration_since(row.began);
    let by = noted.signed.as_ref().map(|signed| signed.authenticator);
    row.person == noted.person
        && Some(row.authenticator) == by
        && row.began == noted.at
        && row.began <= row.seen
        && SignedDuration::ZERO < life
        && life <= LONGEST
}

/// What ends sessions without a note ends those of somebody who left, and of an authenticator that is
/// suspended or removed. These rows were compared with their states before.
fn is_sound(view: &SessionView) -> bool {
    let (session, authenticator) = (&view.session, view.authenticator.as_ref());
    let may_be_used =
        authenticator.is_some_and(|each| each.active && each.person == session.person);
    view.person.active && may_be_used
}

/// Whether a note begins this session. Asked only when one of them has none.
async fn is_begun<S: Checked>(store: &S, session: SessionId) -> Result<bool, CheckError> {
    let mut sequence = 0;
    loop {
        let chunk = store.entries_after(sequence, CHUNK).await?;
        let Some((_, last)) = chunk.last() else { return Ok(false) };
        sequence = last.sequence;
        let notes = chunk.iter().filter(|(_, entry)| entry.stream.is_none());
        let mut noted =
            notes.filter_map(|(_, entry)| serde_json::from_slice::<Noted>(&entry.open).ok());
        if noted.any(|each| each.kind == "session.began/1" && each.session == Some(session)) {
            return Ok(true);
        }
    }
}
