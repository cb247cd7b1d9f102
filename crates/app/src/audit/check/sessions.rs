//! Sessions beside the notes of how they began and ended.
//!
//! A session's row follows from no stream, and its secret is nowhere. But each began with a signature
//! that was logged, and ends at sign-out are logged too. A row that was put there lets nobody in, by its
//! seal; here it is named. One that is gone was ended or has ended: nobody is harmed.

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
    /// How many there are.
    stored: u64,
    /// When the first of them says that it began: earlier notes are not about them.
    first: Option<Timestamp>,
    /// How many of them a note begins.
    begun: u64,
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
            walk.stored += chunk.len() as u64;
            let began = chunk.iter().map(|row| row.began);
            walk.first = walk.first.into_iter().chain(began).min();
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
        if self.first.is_none_or(|first| noted.at < first) {
            return Ok(());
        }
        let mut wrong = None;
        match (noted.kind.as_str(), noted.session) {
            ("session.began/1", Some(session)) => {
                if let Some(row) = store.session_row(session).await? {
                    self.begun += 1;
                    wrong = (!fits(&row, &noted)).then_some((row, Change::Altered));
                }
            }
            ("session.ended/1" | "session.over/1", Some(session)) => {
                let row = store.session_row(session).await?;
                wrong = row.map(|row| (row, Change::Inserted));
            }
            ("session.all_ended/1", _) => {
                let rows = store.sessions(noted.person).await?;
                let earlier = rows.into_iter().find(|row| row.began < noted.at);
                wrong = earlier.map(|row| (row, Change::Inserted));
            }
            _ => {}
        }
        if let Some((row, change)) = wrong {
            self.finding.get_or_insert_with(|| named(&row, change));
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
        let mut last = None;
        loop {
            let chunk = store.sessions_after(last, CHUNK).await?;
            let Some(end) = chunk.last() else { break };
            last = Some(end.id);
            for row in chunk {
                let view = store.session(row.id).await?;
                let is_noted = self.begun == self.stored || is_begun(store, row.id).await?;
                if !is_noted || !view.as_ref().is_some_and(is_sound) {
                    return Err(named(&row, Change::Inserted).into());
                }
            }
        }
        report.sessions = self.stored;
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
