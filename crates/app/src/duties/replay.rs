//! Trying a message again that was given up.

use firstkey_domain::Actor;
use firstkey_policy::Operation;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    Backend, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
    machines::Caller,
};

/// The leaf that says who had a message tried again.
#[derive(Serialize)]
struct ReplayedNote {
    kind: &'static str,
    at: Timestamp,
    by: Actor,
    message: Uuid,
}

/// An operator has a dead message tried again. What is not dead stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct Replay {
    /// Who.
    pub operator: Caller,
    /// Which message.
    pub message: Uuid,
}

impl<S: Backend> UseCase<S> for Replay {
    type Output = ();
    type Refusal = NotAllowed;

    fn actor(&self) -> Actor {
        self.operator.actor()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), NotAllowed> {
        allow::<S, NotAllowed>(unit, self.operator, None, Operation::ReplayOutbox).await?;
        unit.revive(self.message);
        unit.note_lifecycle(&ReplayedNote {
            kind: "outbox.replayed/1",
            at: unit.now(),
            by: unit.by().clone(),
            message: self.message,
        })
    }
}
