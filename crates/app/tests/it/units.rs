//! What a use case has read twice is guarded as it was read first.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use firstkey_app::{Outcome, Unit, UseCase, people::MarkLeft, signing_in::SignOutEverywhere};
use firstkey_domain::{
    Actor, Digest, PersonId, Recorded, StreamId,
    person::{Person, PersonEvent},
};
use firstkey_ports::ReservationKind;
use jiff::{SignedDuration, Timestamp};

use crate::{
    invariants::{Whole, over_both_stores},
    world::World,
};

over_both_stores!(
    what_moved_between_two_reads_is_decided_again,
    rule_22_nothing_is_decided_at_an_earlier_time_than_what_it_rests_on,
);

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

/// Takes the time, and is overtaken by somebody who takes it later, before anything was read.
struct Overslept<'a, S> {
    world: &'a World<S>,
    everywhere: SignOutEverywhere,
    tries: AtomicU32,
}

impl<S: Whole> UseCase<S> for Overslept<'_, S> {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        if self.tries.fetch_add(1, Ordering::Relaxed) == 0 {
            self.world.pass(SignedDuration::from_secs(1));
            unit.app().run(&self.everywhere).await.unwrap();
        }
        self.everywhere.attempt(unit).await
    }
}

async fn rule_22_nothing_is_decided_at_an_earlier_time_than_what_it_rests_on<S: Whole>(
    world: Arc<World<S>>,
) {
    let admin = world.admin().await;
    let everywhere = SignOutEverywhere { person: admin.id };
    let late = Overslept { world: &*world, everywhere, tries: AtomicU32::new(0) };
    world.app.run(&late).await.unwrap();
    assert_eq!(late.tries.into_inner(), 2);
    let entries = world.app.store().entries(StreamId::from(admin.id)).await.unwrap();
    let at = |open: &[u8]| serde_json::from_slice::<Recorded<PersonEvent>>(open).unwrap().at;
    let times: Vec<Timestamp> = entries.iter().map(|entry| at(&entry.open)).collect();
    assert!(times.is_sorted(), "{times:?}");
}
