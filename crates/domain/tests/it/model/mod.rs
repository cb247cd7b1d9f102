//! Every way in which two browsers, two vouchers, operators, time and crashes can interleave, up to
//! a bound, over the real deciders.
//!
//! A request loads states, decides, and commits; the store lets it commit only when nothing that it
//! read has moved. One request at a time may be caught between two of these steps while others go
//! on, or be lost there: that is enough for every race of two. `FIRSTKEY_MODEL_EVENTS` sets how many
//! events an enrollment may see, `FIRSTKEY_MODEL_DISTURBANCES` how often time passes or somebody
//! interferes; more take longer.

mod world;

use std::env;

use stateright::{Checker, Model, Property};

use self::world::{
    BEGINS, BROWSERS, Caught, Decision, MOMENTS, Next, Request, VOUCHERS, Versions, World,
};
use crate::world::{LAPTOP, OFFICER, PHONE, SPARE};
use firstkey_domain::{Action, enrollment::Phase};

struct Door {
    /// How many events an enrollment may see.
    events: u64,
    /// How many disturbances a history may hold.
    disturbances: u8,
}

impl Model for Door {
    type State = World;
    type Action = Next;

    fn init_states(&self) -> Vec<World> {
        vec![World::start()]
    }

    fn actions(&self, world: &World, next: &mut Vec<Next>) {
        use Request as R;
        let mut requests = vec![R::WrongCode, R::Refuse, R::Withdraw, R::Leave, R::Sweep];
        if world.begins < BEGINS {
            requests.extend(BROWSERS.map(R::Begin));
            requests.push(R::Move { from: LAPTOP, to: PHONE });
        }
        requests.extend(BROWSERS.map(R::HandOver));
        requests.extend(VOUCHERS.map(R::Vouch));
        requests.extend(BROWSERS.map(R::Mint));
        requests.extend(BROWSERS.map(R::Register));
        requests.extend(BROWSERS.map(R::Bind));
        if world.generation() < 2 {
            requests.push(R::Reinvite);
        }
        if world.joiner.barred.is_empty() {
            requests.push(R::ChangeAddress);
        }
        requests.push(R::RevokeOfficer);
        if world.versions.policy == 1 {
            requests.push(R::ActivatePolicy);
        } else {
            requests.extend(BROWSERS.map(R::EndOutdated));
            requests.extend(BROWSERS.map(R::Drop));
        }
        next.extend(requests.into_iter().map(Next::Do));
        match &world.caught {
            None => {
                let caught = [
                    R::HandOver(LAPTOP),
                    R::Vouch(OFFICER),
                    R::Mint(LAPTOP),
                    R::Bind(LAPTOP),
                    R::Bind(PHONE),
                ];
                next.extend(caught.map(Next::Catch));
                next.extend([Next::Ask(Action::Mint, LAPTOP), Next::Ask(Action::Bind, LAPTOP)]);
            }
            Some(Caught::Permitted { .. }) => next.extend([Next::Use, Next::Crash]),
            Some(Caught::Decided(_)) => next.extend([Next::Commit, Next::Crash]),
        }
        if world.moment + 1 < MOMENTS.len() {
            next.push(Next::Time);
        }
        if world.disturbed >= self.disturbances {
            next.retain(|next| !next.disturbs());
        }
    }

    fn next_state(&self, world: &World, next: Next) -> Option<World> {
        let released = || World { caught: None, ..world.clone() };
        let mut after = match (next, &world.caught) {
            (Next::Do(request), _) => world.commit(world.decide(request)?)?,
            (Next::Catch(request), _) => {
                let caught = Some(Caught::Decided(world.decide(request)?));
                World { caught, ..world.clone() }
            }
            (Next::Ask(action, attempt), _) => {
                let permit = world.permit(action, attempt)?;
                let caught = Caught::Permitted { attempt, permit, read: world.versions };
                World { caught: Some(caught), ..world.clone() }
            }
            (Next::Commit, Some(Caught::Decided(decision))) => {
                released().commit(decision.clone()).unwrap_or_else(released)
            }
            (Next::Use, Some(Caught::Permitted { attempt, permit, read })) => {
                let decided = match permit.action {
                    Action::Mint => world
                        .mint(*attempt, permit.clone())
                        .map(|enrollment| Decision { enrollment, ..world.decision() }),
                    Action::Bind => world.bind(*attempt, permit.clone()),
                };
                let guarded = decided.map(|decision| Decision {
                    read: Versions { enrollment: world.versions.enrollment, ..*read },
                    ..decision
                });
                guarded.and_then(|it| released().commit(it)).unwrap_or_else(released)
            }
            (Next::Crash, Some(_)) => released(),
            (Next::Time, _) => World { moment: world.moment + 1, ..world.clone() },
            (Next::Commit | Next::Use | Next::Crash, _) => return None,
        };
        after.disturbed += u8::from(next.disturbs());
        (after != *world).then_some(after)
    }

    fn within_boundary(&self, world: &World) -> bool {
        world.versions.enrollment <= self.events
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing happens that must not", |_, world: &World| {
                world.wrong.is_none()
            }),
            Property::always("one enrollment binds one authenticator", |_, world: &World| {
                let bound = match &world.enrollment.phase {
                    Phase::Closed { winner, .. } => winner.as_ref().map(|w| w.authenticator),
                    Phase::Open(_) => None,
                };
                let held: Vec<_> = world.joiner.authenticators.iter().map(|a| a.id).collect();
                held == bound.into_iter().collect::<Vec<_>>()
            }),
            Property::always("what is closed is shut", |_, world: &World| {
                matches!(world.enrollment.phase, Phase::Open(_)) || world.is_shut()
            }),
            Property::always("time alone closes every enrollment", |_, world: &World| {
                world.drains()
            }),
            Property::sometimes("somebody is bound by one voucher", |_, world: &World| {
                world.is_bound() && world.versions.policy == 1
            }),
            Property::sometimes("somebody is bound by two vouchers", |_, world: &World| {
                world.is_bound() && world.versions.policy == 2
            }),
            Property::sometimes("a passkey that is refused gives way", |_, world: &World| {
                world.has_dropped
            }),
            Property::sometimes("somebody is met by a handover", |_, world: &World| {
                world.is_handed_over()
            }),
            Property::sometimes("a late request finds a closed door", |_, world: &World| {
                world.is_bound() && matches!(world.caught, Some(Caught::Decided(_)))
            }),
            Property::sometimes("a phone takes over from a laptop", |_, world: &World| {
                world.is_bound() && world.joiner.authenticators[0].id == SPARE
            }),
        ]
    }
}

fn bound(name: &str, otherwise: u8) -> u8 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn no_interleaving_opens_the_door_to_anybody_else() {
    let door = Door {
        events: bound("FIRSTKEY_MODEL_EVENTS", 8).into(),
        disturbances: bound("FIRSTKEY_MODEL_DISTURBANCES", 2),
    };
    let checker = door.checker().threads(1).spawn_bfs().join();
    println!("{} states, depth {}", checker.unique_state_count(), checker.max_depth());
    checker.assert_properties();
}
