//! Programs with machine keys, on both stores: what they bring, once, and what a receipt says of it.

use std::{collections::BTreeSet, sync::Arc};

use firstkey_app::{
    Fault,
    audit::verify,
    machines::{
        AskMachineKey, Asked, BringJoiners, BringJoinersFault, Machine, OnceFault,
        RegisterMachineKey,
    },
    own::{SuspendAuthenticator, SuspendToken},
    people::Imported,
};
use firstkey_domain::{KeyThumbprint, PersonId, Role, machine_key::Scope};
use firstkey_ports::{After, Joiner, Message, NoticeKind, OutboxState, PeopleFilter};
use firstkey_testkit::authenticator::SoftAuthenticator;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    invariants::{Whole, over_both_stores},
    receipts::{pinned, receipt_of},
    world::{CONSOLE, Member, World, press},
};

over_both_stores!(
    of_32_who_ask_at_once_under_one_key_one_brings_the_joiners,
    of_32_who_bring_the_same_joiners_under_keys_of_their_own_one_does,
    rule_07_what_the_owner_may_no_more_is_refused_in_the_commit,
    rule_15_whoever_stops_the_passkey_stops_the_keys_that_it_signed_for,
);

const RACERS: usize = 32;

/// An operator registers a machine key of theirs.
pub async fn registered<S: Whole>(world: &World<S>, owner: &mut Member) -> KeyThumbprint {
    let key = world.browser_key();
    let ask = AskMachineKey {
        operator: owner.id,
        key,
        name: "HR feed".into(),
        scopes: [Scope::Joiners].into(),
        lifetime: SignedDuration::from_hours(24),
    };
    let ceremony = world.app.ask_machine_key(ask).await.unwrap();
    let assertion = press(&mut owner.key, &ceremony, CONSOLE);
    let register = RegisterMachineKey { operator: owner.id, ticket: ceremony.ticket, assertion };
    world.app.run(&register).await.unwrap();
    key
}

async fn machine<S: Whole>(world: &World<S>, key: KeyThumbprint) -> Machine {
    world.app.machine(world.proven(key)).await.unwrap().expect("the key is good")
}

fn written(brought: &[Imported]) -> Vec<u8> {
    format!("{brought:?}").into_bytes()
}

async fn race<S: Whole>(
    world: &Arc<World<S>>,
    key: KeyThumbprint,
    rows: &[Joiner],
    asked: fn(KeyThumbprint, usize) -> Asked,
) -> (BTreeSet<Vec<u8>>, usize) {
    let mut racing = JoinSet::new();
    for racer in 0..RACERS {
        let (world, rows) = (Arc::clone(world), rows.to_vec());
        racing.spawn(async move {
            let machine = machine(&world, key).await;
            let bring = BringJoiners::new(&world.app, machine, rows);
            let written = |brought: &Vec<Imported>| written(brought);
            world.app.run_once(&bring, Some(asked(key, racer)), written).await.unwrap()
        });
    }
    let done = racing.join_all().await;
    let did = done.iter().filter(|done| !done.before).count();
    (done.into_iter().map(|done| done.answer).collect(), did)
}

async fn people<S: Whole>(world: &World<S>) -> usize {
    world.app.store().people(&PeopleFilter::default(), After(None), 100).await.unwrap().len()
}

async fn of_32_who_ask_at_once_under_one_key_one_brings_the_joiners<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let key = registered(&world, &mut admin).await;
    let rows = [world.row(None).joiner, world.row(None).joiner];
    let asked = |key, _| Asked::new(key, "once", [b"POST", b"/joiners", b"rows"]);
    let (answers, did) = race(&world, key, &rows, asked).await;
    assert_eq!((answers.len(), did), (1, 1));
    assert_eq!(people(&world).await, 3);
}

async fn of_32_who_bring_the_same_joiners_under_keys_of_their_own_one_does<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let key = registered(&world, &mut admin).await;
    let rows = [world.row(None).joiner, world.row(None).joiner];
    let asked = |key, racer: usize| Asked::new(key, &racer.to_string(), [b"", b"", b""]);
    let (answers, did) = race(&world, key, &rows, asked).await;
    assert_eq!(did, RACERS, "each is answered for itself");
    let joined = answers.iter().filter(|answer| String::from_utf8_lossy(answer).contains("Joined"));
    assert_eq!((joined.count(), people(&world).await), (1, 3));
}

async fn rule_07_what_the_owner_may_no_more_is_refused_in_the_commit<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut other = world.joiner(&mut admin).await;
    world.set_role(&mut admin, other.id, Role::Administrator, true).await.unwrap();
    let key = registered(&world, &mut other).await;
    // Looked for while the owner may still do it.
    let machine = machine(&world, key).await;
    world.set_role(&mut admin, other.id, Role::Administrator, false).await.unwrap();
    let bring = BringJoiners::new(&world.app, machine, vec![world.row(None).joiner]);
    let refused = world.app.run_once(&bring, None, |brought| written(brought)).await;
    let refused = refused.unwrap_err();
    assert!(
        matches!(refused, Fault::Refused(OnceFault::Refused(BringJoinersFault::NotAllowed(_)))),
        "{refused:?}"
    );
}

async fn rule_15_whoever_stops_the_passkey_stops_the_keys_that_it_signed_for<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let key = registered(&world, &mut admin).await;
    // Its owner is told, and can say that it was not them.
    let waiting = world.app.store().messages(OutboxState::Waiting, 100).await.unwrap();
    let told = waiting.into_iter().find_map(|claimed| match claimed.message {
        Message::Notice { notice: NoticeKind::MachineKey, to, authenticator, .. } => {
            Some((to, authenticator))
        }
        _ => None,
    });
    assert_eq!(told, Some((admin.id, Some(admin.authenticator))));
    let machine = machine(&world, key).await;

    let token = SuspendToken { person: admin.id, authenticator: admin.authenticator };
    let token = token.to_text(world.app.keys());
    world.app.run(&SuspendAuthenticator { token }).await.unwrap();
    assert!(world.app.machine(world.proven(key)).await.unwrap().is_none());
    // Nor does it finish what it had begun.
    let bring = BringJoiners::new(&world.app, machine, vec![world.row(None).joiner]);
    let refused = world.app.run_once(&bring, None, |brought| written(brought)).await;
    let refused = refused.unwrap_err();
    assert!(
        matches!(refused, Fault::Refused(OnceFault::Refused(BringJoinersFault::NotAllowed(_)))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_receipt_says_that_a_program_recorded_the_joiner_and_who_answers_for_it() {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let mut sponsor = world.joiner(&mut admin).await;
    let key = registered(&world, &mut admin).await;
    let external_id = world.person(sponsor.id).await.record.expose().unwrap().external_id.clone();
    let mut joiner = world.row(None).joiner;
    joiner.sponsor = Some(firstkey_ports::SponsorRef::ExternalId(external_id));
    let bring = BringJoiners::new(&world.app, machine(&world, key).await, vec![joiner]);
    let brought = world.app.run(&bring).await.unwrap();
    let [Imported::Joined(person)] = brought[..] else { panic!("{brought:?}") };
    let person: PersonId = person;
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut sponsor, &browser).await;
    let joiner = world.enroll(&browser, SoftAuthenticator::new(900)).await;
    let verified = verify(&receipt_of(&world, &joiner).await, &pinned()).unwrap().to_string();
    let told = format!("for which person {} answers, recorded person {person}", admin.id);
    assert!(verified.contains(&told), "{verified}");
}
