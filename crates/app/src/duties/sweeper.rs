//! Recording what time has ended. Deciders compute expiry from `now` themselves (rule 22); this only
//! writes it down, so that counters and lists show it within seconds.

use std::convert::Infallible;

use firstkey_domain::{Actor, EnrollmentId, enrollment::Enrollment, person::Person};

use firstkey_ports::Row;

use crate::{App, Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// How many overdue enrollments are looked up at once.
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

/// Forgets sessions that ended by themselves.
#[derive(Debug, Clone, Copy)]
struct ForgetSessions;

impl<S: Backend> UseCase<S> for ForgetSessions {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        let now = unit.now();
        unit.row(Row::SessionsExpired(now));
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

    /// Forgets sessions that ended by themselves. They hold nothing any more either way.
    pub async fn forget_sessions(&self) -> Outcome<(), Infallible> {
        self.run(&ForgetSessions).await
    }
}
