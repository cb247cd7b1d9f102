//! What must hold after every story, whatever happened in it: refolding the log gives the states,
//! rows and counters follow from the states, nothing is open past its time, no message is stuck.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

use firstkey_app::{
    Backend,
    audit::{Check, CheckReport, check},
};
use firstkey_domain::{
    Aggregate, Event, Recorded, StreamId, StreamKind,
    enrollment::{Enrollment, EnrollmentEnd, Phase},
    log::Log,
    machine_key::MachineKey,
    metadata::MetadataInForce,
    person::Person,
    policy::Policy,
};
use firstkey_ports::{
    Archive, Entry, Figure, Measure, OutboxState, StoredEntry, Tally,
    project::{self, Projected},
};
use jiff::SignedDuration;

use crate::{
    post::PostOffice,
    world::{World, keys},
};

/// A store with all its sides, as only checks read it.
pub trait Whole: Backend + Archive {}

impl<S: Backend + Archive> Whole for S {}

/// Tells one story over the store in memory and over the one on disk, and checks the store that each
/// leaves behind.
macro_rules! over_both_stores {
    ($($story:ident),+ $(,)?) => {
        mod in_memory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                let world = std::sync::Arc::new($crate::world::World::in_memory().await);
                super::$story(world.clone()).await;
                world.check_invariants().await;
            })+
        }

        mod on_disk {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                let world = std::sync::Arc::new($crate::world::World::on_disk().await);
                super::$story(world.clone()).await;
                world.check_invariants().await;
            })+
        }
    };
}
pub(crate) use over_both_stores;

/// Every state, refolded from the log.
#[derive(Default)]
pub struct Refolded {
    pub people: Vec<Person>,
    pub enrollments: Vec<Enrollment>,
    pub policies: Vec<Policy>,
    pub metadata: Vec<MetadataInForce>,
    pub machine_keys: Vec<MachineKey>,
}

impl<S: Whole> World<S> {
    /// Time passes, and the sweeper works every few seconds as it does in a running server.
    pub async fn live(&self, time: SignedDuration) {
        let mut left = time;
        while left > SignedDuration::ZERO {
            let step = left.min(SignedDuration::from_secs(30));
            left -= step;
            self.clock.pass(step);
            self.app.sweep().await.unwrap();
        }
    }

    /// Checks everything that must hold whatever happened.
    pub async fn check_invariants(&self) {
        self.app.sweep().await.unwrap();
        let office = PostOffice::default();
        office.deliver_due(&self.app).await;
        self.app.sequence_once().await.unwrap();
        let refolded = self.refold().await;
        self.check_authenticators(&refolded).await;
        self.check_enrollments(&refolded).await;
        self.check_tallies(&refolded).await;
        self.check_figures(&refolded).await;
        self.check_outbox().await;
        self.check_log().await;
    }

    /// `log check` finds nothing either, absences included.
    pub async fn check_log(&self) -> CheckReport {
        let keys = keys();
        let key = keys.log().verifier();
        let whole = Check { key: &key, rows: Some(keys.rows()), against: None };
        check(self.app.store(), whole).await.unwrap()
    }

    /// Refolds every stream, and compares with the states that the store holds.
    pub async fn refold(&self) -> Refolded {
        let mut streams: BTreeMap<StreamId, Vec<StoredEntry>> = BTreeMap::new();
        let mut last = 0;
        loop {
            let entries = self.app.store().entries_after(last, 1000).await.unwrap();
            let Some((_, newest)) = entries.last() else { break };
            last = newest.sequence;
            for (_, entry) in entries {
                if let Some(sealed) = &entry.sealed {
                    assert_eq!(entry.inner, Some(sealed.digest()));
                }
                assert_eq!(entry.digest, Entry::digest_of(&entry.open, entry.inner));
                assert!(entry.leaf.is_some(), "every entry has its index");
                if let Some((stream, _)) = entry.stream {
                    streams.entry(stream).or_default().push(entry);
                }
            }
        }
        let mut refolded = Refolded::default();
        let states = self.app.store().states_after(None, u32::MAX).await.unwrap();
        assert_eq!(
            states.len(),
            streams.len(),
            "every stream has a state, and the other way round"
        );
        for stored in states {
            let entries = &streams[&stored.stream];
            assert_eq!(stored.version, entries.len() as u64, "{}", stored.stream);
            let json = keys().rows().open_state(stored.stream, stored.version, &stored.state);
            let json = json.expect("every state is sealed");
            match stored.stream.kind() {
                StreamKind::Person => refolded.people.push(fold(entries, json)),
                StreamKind::Enrollment => refolded.enrollments.push(fold(entries, json)),
                StreamKind::Policy => refolded.policies.push(fold(entries, json)),
                StreamKind::Metadata => refolded.metadata.push(fold(entries, json)),
                StreamKind::Log => drop(fold::<Log>(entries, json)),
                StreamKind::MachineKey => refolded.machine_keys.push(fold(entries, json)),
            }
        }
        refolded
    }

    /// Each authenticator came through one enrollment that it closed; sealed rows are the states'.
    async fn check_authenticators(&self, refolded: &Refolded) {
        let store = self.app.store();
        let mut authenticators = Vec::new();
        let mut roles = Vec::new();
        for person in &refolded.people {
            let row = store.person(person.id).await.unwrap();
            assert_eq!(row, Some(project::person_row(person)));
            authenticators.extend(project::authenticator_rows(person, keys().rows()));
            roles.extend(project::role_rows(person, keys().rows()));
            for held in &person.authenticators {
                let by = refolded.enrollments.iter().find(|each| each.id == held.enrollment);
                let Phase::Closed { reason, winner: Some(winner), .. } = &by.unwrap().phase else {
                    panic!("the enrollment that bound an authenticator is closed")
                };
                assert_eq!(*reason, EnrollmentEnd::Bound);
                assert_eq!(winner.authenticator, held.id);
                assert_eq!(winner.credential, held.credential.id);
            }
        }
        let doors: BTreeSet<_> =
            refolded.people.iter().flat_map(|p| &p.authenticators).map(|a| a.enrollment).collect();
        let held: usize = refolded.people.iter().map(|person| person.authenticators.len()).sum();
        assert_eq!(doors.len(), held, "one enrollment binds one authenticator");
        let bound = refolded.enrollments.iter().filter(|each| {
            matches!(each.phase, Phase::Closed { reason: EnrollmentEnd::Bound, .. })
        });
        assert!(bound.count() >= held);

        let mut stored = store.authenticators_after(None, u32::MAX).await.unwrap();
        for row in &mut stored {
            // Kept by the row, not by the state.
            row.last_used = None;
            if let Some(same) = authenticators.iter().find(|each| each.id == row.id) {
                row.sign_count = same.sign_count;
            }
        }
        authenticators.sort_by_key(|row| row.id);
        stored.sort_by_key(|row| row.id);
        assert_eq!(stored, authenticators);
        let mut stored = store.roles_after(None, u32::MAX).await.unwrap();
        roles.sort_by_key(|row| (row.person, row.role));
        stored.sort_by_key(|row| (row.person, row.role));
        assert_eq!(stored, roles);
    }

    /// Nothing is open past its time, and nothing is open in what is closed.
    async fn check_enrollments(&self, refolded: &Refolded) {
        let (store, now) = (self.app.store(), self.app.now());
        let mut attempts = Vec::new();
        for enrollment in &refolded.enrollments {
            let row = store.enrollment(enrollment.id).await.unwrap();
            assert_eq!(row, Some(project::enrollment_row(enrollment)));
            attempts.extend(project::attempt_rows(enrollment));
            if let Phase::Open(running) = &enrollment.phase {
                assert!(now < running.expires, "an enrollment is open past its end");
                assert!(running.attempts.len() <= 3, "at most three attempts");
                for attempt in &running.attempts {
                    assert!(attempt.is_open(now), "an attempt is open past its end");
                    assert!(attempt.pass.is_none_or(|pass| pass.is_open(now)), "a pass is");
                }
            }
        }
        let open = store.open_now(u32::MAX).await.unwrap();
        let mut stored = open.attempts;
        attempts.sort_by_key(|row| row.id);
        stored.sort_by_key(|row| row.id);
        assert_eq!(stored, attempts);
        assert!(store.overdue(now, 10).await.unwrap().is_empty(), "the sweeper is done");
    }

    /// Counters are what counting everything gives, and alarms are silent.
    async fn check_tallies(&self, refolded: &Refolded) {
        let now = self.app.now();
        let mut counted: BTreeMap<Tally, i64> = BTreeMap::new();
        let people = refolded.people.iter().flat_map(|person| Person::tallies(None, person, now));
        let enrollments = refolded.enrollments.iter();
        let enrollments = enrollments.flat_map(|each| Enrollment::tallies(None, each, now));
        for (tally, count) in people.chain(enrollments) {
            *counted.entry(tally).or_default() += count;
        }
        let kept: BTreeMap<_, _> = self.app.store().tallies().await.unwrap().into_iter().collect();
        for tally in Tally::ALL {
            let (kept, counted) = (kept.get(&tally), counted.get(&tally));
            assert_eq!(kept.unwrap_or(&0), counted.unwrap_or(&0), "{}", tally.name());
        }
        for alarm in Tally::MUST_BE_ZERO {
            assert_eq!(*kept.get(&alarm).unwrap_or(&0), 0, "{}", alarm.name());
        }
    }

    /// So are the figures that follow from states. Times follow from events: `log check` counts those
    /// again.
    async fn check_figures(&self, refolded: &Refolded) {
        let now = self.app.now();
        let mut counted: BTreeMap<Figure, i64> = BTreeMap::new();
        let people = refolded.people.iter().flat_map(|person| Person::figures(None, person, now));
        let enrollments = refolded.enrollments.iter();
        let enrollments = enrollments.flat_map(|each| Enrollment::figures(None, each, now));
        for (figure, count) in people.chain(enrollments) {
            *counted.entry(figure).or_default() += count;
        }
        let is_state = |figure: &Figure| match figure {
            Figure::Weekly { measure, .. } => matches!(measure, Measure::Reached(_)),
            Figure::Now { .. } => true,
        };
        let kept = self.app.store().figures().await.unwrap().into_iter();
        let kept: BTreeMap<_, _> =
            kept.filter(|(figure, count)| *count != 0 && is_state(figure)).collect();
        assert_eq!(kept, counted);
    }

    async fn check_outbox(&self) {
        let (store, now) = (self.app.store(), self.app.now());
        let dead = store.messages(OutboxState::Dead, 10).await.unwrap();
        assert!(dead.is_empty(), "{dead:?}");
        let waiting = store.messages(OutboxState::Waiting, u32::MAX).await.unwrap();
        let stuck: Vec<_> = waiting.iter().filter(|message| message.due <= now).collect();
        assert!(stuck.is_empty(), "{stuck:?}");
    }
}

fn fold<A: Aggregate + PartialEq + Debug>(entries: &[StoredEntry], stored: &[u8]) -> A {
    let mut state = None;
    let mut before = None;
    for (version, entry) in (1..).zip(entries) {
        let mut recorded: Recorded<A::Event> = serde_json::from_slice(&entry.open).unwrap();
        if let Some(sealed) = &entry.sealed {
            recorded.event.attach(&sealed.bytes).unwrap();
        }
        assert_eq!(entry.stream, Some((recorded.stream, recorded.version)));
        assert_eq!(recorded.version, version);
        assert!(before.is_none_or(|before| before <= recorded.at), "time runs backwards");
        before = Some(recorded.at);
        state = Some(A::evolve(state, &recorded).unwrap());
    }
    let state = state.unwrap();
    assert_eq!(state, serde_json::from_slice::<A>(stored).unwrap(), "the state refolds");
    state
}
