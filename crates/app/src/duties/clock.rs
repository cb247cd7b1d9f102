//! Taking the clock as right after somebody moved it (rule 22).

use std::convert::Infallible;

use firstkey_domain::Actor;
use firstkey_ports::{Reading, ReferenceNotKept};
use jiff::Timestamp;
use serde::Serialize;

use crate::{App, Backend, Fault, Outcome, Unit, UseCase};

/// The leaf that says who took the clock as right.
#[derive(Serialize)]
struct ClockAcceptedNote {
    kind: &'static str,
    at: Timestamp,
    by: Actor,
    /// What the wall clock said. `at` is later when the clock had been set back.
    wall: Timestamp,
    /// By how much it had been moved.
    moved_seconds: i64,
}

/// Writes down that the clock is taken as right.
struct NoteClock<'a> {
    host: &'a str,
    reading: Reading,
    reference: Reading,
}

impl<S: Backend> UseCase<S> for NoteClock<'_> {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.to_owned())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        unit.note_lifecycle(&ClockAcceptedNote {
            kind: "clock.accepted/1",
            at: unit.now(),
            by: unit.by().clone(),
            wall: self.reading.wall,
            moved_seconds: self.reading.moved_since(self.reference).as_secs(),
        })
    }
}

/// The clock was not taken as right.
#[derive(Debug, thiserror::Error)]
pub enum AcceptClockError {
    /// It could not be written down, so it does not count.
    #[error(transparent)]
    NotNoted(#[from] Fault<Infallible>),
    /// It was written down, and will be asked for again.
    #[error(transparent)]
    NotKept(#[from] ReferenceNotKept),
}

impl<S: Backend> App<S> {
    /// Takes the clock as it is now as right: somebody on the host said so. It counts once it is
    /// logged.
    pub async fn accept_clock(&self, host: &str) -> Result<(), AcceptClockError> {
        let reading = self.clock.read();
        self.run(&NoteClock { host, reading, reference: self.clock.reference() }).await?;
        Ok(self.clock.accept(reading)?)
    }
}
