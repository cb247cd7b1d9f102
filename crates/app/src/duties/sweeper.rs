//! Recording what time has ended. Deciders compute expiry from `now` themselves (rule 22); this only
//! writes it down, so that counters and lists show it within seconds.

use std::convert::Infallible;

use firstkey_domain::{
    Actor, EnrollmentId, PersonId, SessionId, enrollment::Enrollment, person::Person,
};
use firstkey_ports::{Row, SessionRow};
use jiff::Timestamp;
use serde::Serialize;

use crate::{App, Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// How many overdue enrollments, or sessions, are looked up at once.
const BATCH: u32 = 100;

/// Records what time has ended in one enrollment.
#[derive(Debug, Clone, Copy)]
pub struct Sweep {
    /// Which.
    pub enrollment: EnrollmentId,
}

impl<S: Backend> UseCase<S> for Sweep {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        let Some(enrollment) = unit.load::<Enrollment, Infallible>(self.enrollment).await? else {
            return Ok(());
        };
        let person: Option<Loaded<Person>> = unit.load(enrollment.person).await?;
        let person = person.ok_or_else(|| Fault::Corrupt(enrollment.person.to_string()))?;
        let events = enrollment.sweep(&person, unit.now());
        unit.append(enrollment, events)?;
        Ok(())
    }
}

/// Forgets sessions that ended by themselves, and notes when each did.
#[derive(Debug)]
struct EndSessions(Vec<SessionRow>);

/// The leaf of a session that nobody ended.
#[derive(Serialize)]
struct SessionOverNote {
    kind: &'static str,
    at: Timestamp,
    person: PersonId,
    session: SessionId,
    /// When it held no more, which is before this was written.
    ended: Timestamp,
    /// Whether it was not used for too long; otherwise its time was over.
    idle: bool,
}

impl<S: Backend> UseCase<S> for EndSessions {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        let (at, may_be_idle) = (unit.now(), unit.app().settings.session_idle);
        unit.in_bulk();
        for session in &self.0 {
            let unused = session.seen.saturating_add(may_be_idle).unwrap_or(Timestamp::MAX);
            unit.row(Row::SessionEnded(session.id));
            unit.note_access(&SessionOverNote {
                kind: "session.over/1",
                at,
                person: session.person,
                session: session.id,
                ended: session.expires.min(unused),
                idle: unused < session.expires,
            })?;
        }
        Ok(())
    }
}

impl<S: Backend> App<S> {
    /// Records everything that time has ended by now; answers with how many enrollments it touched.
    /// One that cannot be swept is said and left; the others do not wait for it.
    pub async fn sweep(&self) -> Outcome<usize, Infallible> {
        let mut swept = 0;
        loop {
            let overdue = self.store.overdue(self.now(), BATCH).await?;
            let (found, before) = (overdue.len(), swept);
            for enrollment in overdue {
                match self.run(&Sweep { enrollment }).await {
                    Ok(()) => swept += 1,
                    Err(error) => {
                        tracing::error!(event = "sweep.failed", %enrollment, %error, "what time ended is not written down");
                    }
                }
            }
            if found < BATCH as usize || swept == before {
                return Ok(swept);
            }
        }
    }

    /// Notes the end of sessions that ended by themselves, and forgets them. They hold nothing any
    /// more either way.
    pub async fn end_sessions(&self) -> Outcome<(), Infallible> {
        loop {
            let over = self.store.sessions_over(self.now(), BATCH).await?;
            let found = over.len();
            if found > 0 {
                self.run(&EndSessions(over)).await?;
            }
            if found < BATCH as usize {
                return Ok(());
            }
        }
    }
}
