//! The outbox as its worker sees it.

use jiff::Timestamp;
use uuid::Uuid;

use super::{MemoryStore, world::Queued};
use crate::{Claimed, CommitError, Delivery, Outbox, OutboxState, StoreError};

impl Outbox for MemoryStore {
    async fn claim(
        &self,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<Claimed>, CommitError> {
        let mut world = self.world();
        let mut due: Vec<&mut Queued> =
            world.outbox.values_mut().filter(|row| !row.is_dead && row.next <= now).collect();
        due.sort_by_key(|row| (row.next, row.new.id));
        due.truncate(limit as usize);
        let mut claimed: Vec<Claimed> = due.iter().map(|row| row.claimed()).collect();
        for row in due {
            row.next = lease;
            row.tries += 1;
        }
        claimed.sort_by_key(|message| (message.due, message.id));
        Ok(claimed)
    }

    async fn settle(&self, id: Uuid, delivery: Delivery) -> Result<(), CommitError> {
        let mut world = self.world();
        match (delivery, world.outbox.get_mut(&id)) {
            (Delivery::Done, _) => {
                world.outbox.remove(&id);
            }
            (Delivery::Retry { at, error }, Some(row)) => {
                row.next = at;
                row.error = Some(error);
            }
            (Delivery::Dead { error }, Some(row)) => {
                row.is_dead = true;
                row.error = Some(error);
            }
            (Delivery::Retry { .. } | Delivery::Dead { .. }, None) => {}
        }
        Ok(())
    }

    async fn messages(&self, state: OutboxState, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        let world = self.world();
        let is_dead = state == OutboxState::Dead;
        let mut rows: Vec<&Queued> =
            world.outbox.values().filter(|row| row.is_dead == is_dead).collect();
        rows.sort_by_key(|row| (row.new.due, row.new.id));
        Ok(rows.into_iter().take(limit as usize).map(Queued::claimed).collect())
    }
}

impl Queued {
    fn claimed(&self) -> Claimed {
        Claimed {
            id: self.new.id,
            message: self.new.message.clone(),
            due: self.new.due,
            tries: self.tries,
            last_error: self.error.clone(),
        }
    }
}
