//! What a use case has read twice is guarded as it was read first.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use firstkey_app::{Outcome, Unit, UseCase, people::MarkLeft};
use firstkey_domain::{Actor, Digest, PersonId, person::Person};
use firstkey_ports::ReservationKind;

use crate::{
    invariants::{Whole, over_both_stores},
    world::World,
};

over_both_stores!(what_moved_between_two_reads_is_decided_again);

/// Reads a person, and again after they have left meanwhile; takes something if they were there.
struct ReadsTwice {
    person: PersonId,
    leave: MarkLeft,
    tries: AtomicU32,
}

impl<S: Whole> UseCase<S> for ReadsTwice {
    /// Whether the person belonged when they were first read.
    type Output = bool;
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<bool, Infallible> {
        let belonged = unit.load::<Person, Infallible>(self.person).await?.unwrap().is_active();
        if self.tries.fetch_add(1, Ordering::Relaxed) == 0 {
            unit.app().run(&self.leave).await.unwrap();
        }
        unit.load::<Person, Infallible>(self.person).await?;
        let key = Digest::of_parts("reads twice", &[]);
        unit.reserve(ReservationKind::Proof, key, self.person.uuid(), None);
        Ok(belonged)
    }
}

async fn what_moved_between_two_reads_is_decided_again<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    let person = world.import(Some(admin.id)).await;
    let leave = MarkLeft { operator: admin.id, person };
    let reads = ReadsTwice { person, leave, tries: AtomicU32::new(0) };
    assert!(!world.app.run(&reads).await.unwrap(), "decided on what was no longer so");
    assert_eq!(reads.tries.into_inner(), 2);
}
