//! A passkey that was lost or stolen is stopped by whoever looks after people.

use std::{collections::BTreeSet, sync::Arc};

use firstkey_app::{
    Fault, Outcome,
    people::{AskStop, StopAuthenticator, StopAuthenticatorFault},
    signing_in::SignInFault,
};
use firstkey_domain::{Actor, AuthenticatorId, PersonId, Role, person::AuthenticatorStanding};
use firstkey_ports::{Message, NoticeKind, OutboxState};
use firstkey_testkit::authenticator::SoftAuthenticator;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{CONSOLE, Member, World, press},
};

over_both_stores!(
    rule_15_an_officer_stops_a_stolen_passkey_and_everybody_concerned_is_told_once,
    rule_15_an_officers_own_passkey_is_stopped_and_told_once,
    rule_15_who_has_no_say_stops_nothing,
);

/// An operator presses to stop an authenticator.
async fn pressed<S: Whole>(
    world: &World<S>,
    operator: &mut Member,
    person: PersonId,
    authenticator: AuthenticatorId,
) -> Outcome<StopAuthenticator, StopAuthenticatorFault> {
    let ask = AskStop { operator: operator.id, person, authenticator };
    let ceremony = world.app.ask_stop(ask).await?;
    let assertion = press(&mut operator.key, &ceremony, CONSOLE);
    Ok(StopAuthenticator { operator: operator.id, ticket: ceremony.ticket, assertion })
}

async fn stop<S: Whole>(
    world: &World<S>,
    operator: &mut Member,
    person: PersonId,
    authenticator: AuthenticatorId,
) -> Outcome<(), StopAuthenticatorFault> {
    let stop = pressed(world, operator, person, authenticator).await?;
    world.app.run(&stop).await
}

async fn told<S: Whole>(world: &World<S>) -> Vec<PersonId> {
    let waiting = world.app.store().messages(OutboxState::Waiting, 100).await.unwrap();
    let stopped = waiting.into_iter().filter_map(|claimed| match claimed.message {
        Message::Notice { notice: NoticeKind::Stopped, to, .. } => Some(to),
        _ => None,
    });
    let mut told: Vec<_> = stopped.collect();
    told.sort();
    told
}

async fn officer<S: Whole>(world: &World<S>, admin: &mut Member) -> Member {
    let officer = world.joiner(admin).await;
    world.set_role(admin, officer.id, Role::Officer, true).await.unwrap();
    officer
}

async fn rule_15_an_officer_stops_a_stolen_passkey_and_everybody_concerned_is_told_once<
    S: Whole,
>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut officer = officer(&world, &mut admin).await;
    let mut stolen = world.joiner(&mut admin).await;
    let mut kept = world.add_key(&mut stolen, SoftAuthenticator::new(900)).await;
    let thiefs = world.sign_in(&mut stolen).await.unwrap().token;
    let own = world.sign_in(&mut kept).await.unwrap().token;

    for _ in 0..2 {
        stop(&world, &mut officer, stolen.id, stolen.authenticator).await.unwrap();
    }
    let refused = world.sign_in(&mut stolen).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::Unknown))), "{refused:?}");
    assert!(world.app.session(&thiefs).await.unwrap().is_none());
    assert!(world.app.session(&own).await.unwrap().is_some(), "the other passkey's goes on");
    world.sign_in(&mut kept).await.unwrap();

    let person = world.person(stolen.id).await;
    let of = |id| person.authenticators.iter().find(|each| each.id == id).unwrap().standing;
    assert_eq!(of(stolen.authenticator), AuthenticatorStanding::Suspended);
    assert_eq!(of(kept.authenticator), AuthenticatorStanding::Active);
    let concerned: BTreeSet<_> = [officer.id, stolen.id].into();
    assert_eq!(told(&world).await, concerned.into_iter().collect::<Vec<_>>());
    let entries = world.app.store().entries(stolen.id.into()).await.unwrap();
    let by = serde_json::to_string(&Actor::Person(officer.id)).unwrap();
    let open = String::from_utf8(entries.last().unwrap().open.clone()).unwrap();
    assert!(open.contains("authenticator_stopped") && open.contains(&by), "{open}");
}

async fn rule_15_an_officers_own_passkey_is_stopped_and_told_once<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let officer = officer(&world, &mut admin).await;
    stop(&world, &mut admin, officer.id, officer.authenticator).await.unwrap();
    assert_eq!(told(&world).await, [officer.id]);
}

async fn rule_15_who_has_no_say_stops_nothing<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let mut joiner = world.joiner(&mut sponsor).await;
    let mut auditor = world.joiner(&mut sponsor).await;
    world.set_role(&mut admin, auditor.id, Role::Auditor, true).await.unwrap();
    for nosy in [&mut sponsor, &mut auditor] {
        let refused = stop(&world, nosy, joiner.id, joiner.authenticator).await;
        let is_refused =
            matches!(refused, Err(Fault::Refused(StopAuthenticatorFault::NotAllowed(_))));
        assert!(is_refused, "{refused:?}");
    }
    // Another person's passkey under this person's name, and one that nobody has.
    for id in [sponsor.authenticator, AuthenticatorId::from_uuid(uuid::Uuid::nil())] {
        let refused = stop(&world, &mut admin, joiner.id, id).await;
        let is_refused = matches!(refused, Err(Fault::Refused(StopAuthenticatorFault::Refused(_))));
        assert!(is_refused, "{refused:?}");
    }
    // The administrator's press in the officer's name, and a press for another passkey.
    let mut officer = officer(&world, &mut admin).await;
    let mut lent = pressed(&world, &mut admin, joiner.id, joiner.authenticator).await.unwrap();
    lent.operator = officer.id;
    let mut swapped = pressed(&world, &mut officer, joiner.id, joiner.authenticator).await.unwrap();
    let other = pressed(&world, &mut officer, sponsor.id, sponsor.authenticator).await.unwrap();
    swapped.assertion = other.assertion;
    for forged in [lent, swapped] {
        let refused = world.app.run(&forged).await;
        let is_refused =
            matches!(refused, Err(Fault::Refused(StopAuthenticatorFault::Signature(_))));
        assert!(is_refused, "{refused:?}");
    }
    world.sign_in(&mut joiner).await.unwrap();
    world.sign_in(&mut sponsor).await.unwrap();
    assert!(told(&world).await.is_empty());
}
