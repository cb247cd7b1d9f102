//! Every write of the joiner's way fails once, before and after it was made. Whoever presses again,
//! as browsers and people do, gets there; nothing happens twice.

use firstkey_app::{
    Fault, Outcome,
    enrolling::{AskPassFault, Bind, BindFault, Bound, Confirmed, Registered},
    people::ImportJoiner,
    signing_in::SignIn,
    vouching::{Approve, ApproveFault, CodeAnswer, TryCode},
};
use firstkey_domain::{
    AuthenticatorId, PersonId,
    enrollment::{BeginRefusal, BindRefusal, Checklist, Phase, VouchRefusal},
};
use firstkey_ports::{Queries, memory::MemoryStore};
use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::Value;

use crate::{
    failing_store::{Failing, FailingStore},
    invariants::Whole,
    post::PostOffice,
    world::{Browser, CONSOLE, JOIN, Member, World, press, read},
};

/// Does it again for as long as the store could not write, or does not know.
async fn again<T, R>(mut act: impl AsyncFnMut() -> Outcome<T, R>) -> Outcome<T, R> {
    loop {
        match act().await {
            Err(Fault::Commit(_)) => {}
            other => return other,
        }
    }
}

/// The whole way of a joiner whose every request is repeated until it is answered.
async fn walk<S: Whole>(world: &World<S>, sponsor: &mut Member) -> (PersonId, AuthenticatorId) {
    let person = import(world, sponsor.id).await;
    let office = PostOffice::default();
    deliver(world, &office).await;
    let browser = begin(world, person).await;
    vouch(world, sponsor, &browser).await;
    let mut key = SoftAuthenticator::new(900);
    let authenticator = make(world, &browser, &mut key).await;
    deliver(world, &office).await;
    let invitations =
        office.letters().iter().filter(|letter| letter.subject == "Invitation").count();
    assert!((1..=2).contains(&invitations), "mail is at least once");
    while world.app.sequence_once().await.is_err() {}
    sign_in(world, &mut key).await;
    (person, authenticator)
}

async fn import<S: Whole>(world: &World<S>, sponsor: PersonId) -> PersonId {
    let joiner = world.row(Some(sponsor)).joiner;
    let known = async || world.app.resolve(std::slice::from_ref(&joiner)).await.unwrap()[0].known;
    // The file is imported again: whoever is known by now is not joined twice.
    let imported = again(async || {
        let (known, joiner) = (known().await, joiner.clone());
        world.app.import_joiner(ImportJoiner { known, joiner, ..world.row(Some(sponsor)) }).await
    });
    imported.await.unwrap();
    known().await.unwrap()
}

async fn deliver<S: Whole>(world: &World<S>, office: &PostOffice) {
    // A worker that failed left messages claimed; they come back when its lease is over.
    for _ in 0..2 {
        let _ = office.try_deliver_due(&world.app).await;
        world.live(jiff::SignedDuration::from_mins(5)).await;
    }
    let _ = office.try_deliver_due(&world.app).await;
}

async fn begin<S: Whole>(world: &World<S>, person: PersonId) -> Browser {
    let enrollment = world.enrollment_of(person).await;
    let (key, locator) = (world.browser_key(), world.locator(enrollment).await);
    let begun = again(async || {
        let begin = world.begin_with(locator.clone(), key, None).await;
        world.app.run(&begin).await
    });
    let attempt = match begun.await {
        Ok(attempt) => attempt,
        // The answer was lost; the page finds the attempt that its key has begun.
        Err(Fault::Refused(fault)) => {
            assert_eq!(fault, BeginRefusal::KeyInUse.into());
            let Phase::Open(running) = world.enrollment(enrollment).await.phase else { panic!() };
            running.attempts.iter().find(|attempt| attempt.key == key).unwrap().id
        }
        Err(fault) => panic!("{fault}"),
    };
    Browser { enrollment, attempt, key }
}

async fn vouch<S: Whole>(world: &World<S>, sponsor: &mut Member, browser: &Browser) {
    let try_code = TryCode {
        operator: sponsor.id,
        enrollment: browser.enrollment,
        typed: world.shown_code(browser).await,
        checklist: Checklist::ACQUAINTED,
    };
    let typed = again(async || world.app.run(&try_code).await).await.unwrap();
    let CodeAnswer::Right(ceremony) = typed else { panic!("the code is right") };
    let approve = Approve {
        operator: sponsor.id,
        enrollment: browser.enrollment,
        assertion: press(&mut sponsor.key, &ceremony, CONSOLE),
        ticket: ceremony.ticket,
    };
    match again(async || world.app.run(&approve).await).await {
        // The last is said when it had counted and only the answer was lost.
        Ok(()) | Err(Fault::Refused(ApproveFault::Refused(VouchRefusal::Twice))) => {}
        Err(fault) => panic!("{fault}"),
    }
}

async fn make<S: Whole>(
    world: &World<S>,
    browser: &Browser,
    key: &mut SoftAuthenticator,
) -> AuthenticatorId {
    loop {
        match again(async || world.app.run(&world.ask_pass(browser)).await).await {
            Ok(first) if first.options != Value::Null => {
                let register = world.registration(browser, &first, key);
                match world.app.run(&register).await {
                    Ok(Registered::Kept(_)) => {}
                    // The page asks where it stands.
                    Err(Fault::Commit(_)) => continue,
                    other => panic!("{other:?}"),
                }
            }
            Ok(_) | Err(Fault::Refused(AskPassFault::AlreadyMade)) => {}
            Err(fault) => panic!("{fault}"),
        }
        let second = again(async || world.app.run(&world.confirm(browser)).await).await.unwrap();
        let Confirmed::Asked(second) = second else {
            panic!("the passkey is suitable: {second:?}")
        };
        let asserted = key.get(&second.options, JOIN).unwrap();
        let bound = again(async || {
            let bind = Bind {
                request: world.proven(browser.key),
                enrollment: browser.enrollment,
                attempt: browser.attempt,
                ticket: second.ticket.clone(),
                assertion: read(asserted.clone()),
            };
            world.app.run(&bind).await
        });
        match bound.await {
            Ok(Bound::Bound(authenticator)) => return authenticator,
            Err(Fault::Refused(BindFault::Refused(BindRefusal::NothingVerified))) => {}
            other => panic!("{other:?}"),
        }
    }
}

async fn sign_in<S: Whole>(world: &World<S>, key: &mut SoftAuthenticator) {
    let signed_in = again(async || {
        let ceremony = world.begin_sign_in();
        let sign_in = SignIn {
            assertion: press(key, &ceremony, CONSOLE),
            ticket: ceremony.ticket,
            browser: String::new(),
        };
        world.app.run(&sign_in).await
    });
    let signed_in = signed_in.await.unwrap();
    assert!(world.app.session(&signed_in.token).await.unwrap().is_some());
}

#[tokio::test]
async fn every_write_of_the_joiners_way_can_fail() {
    let mut writes = Vec::new();
    for failing in Failing::ALL {
        for after in 0.. {
            let world = World::new(FailingStore::new(MemoryStore::default())).await;
            let mut admin = world.admin().await;
            let mut sponsor = world.sponsor(&mut admin).await;
            world.app.sequence_once().await.unwrap();
            world.app.store().arm(after, failing);
            let (person, authenticator) = walk(&world, &mut sponsor).await;
            let is_over = world.app.store().disarm();
            let held = world.person(person).await.authenticators;
            assert_eq!(held.len(), 1, "{failing:?} {after}");
            assert_eq!(held[0].id, authenticator, "what was answered is what is");
            let rows = world.app.store().authenticators(person).await.unwrap();
            assert_eq!(rows.len(), 1);
            world.check_invariants().await;
            if is_over {
                writes.push(after);
                break;
            }
        }
    }
    // The first that never came: all before it came, and failed.
    assert!(writes.iter().all(|count| *count >= 12), "{writes:?}");
}
