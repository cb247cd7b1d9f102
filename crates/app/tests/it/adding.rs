//! An operator adds somebody in the console.

use std::sync::Arc;

use firstkey_app::{
    Fault,
    enrolling::Ceremony,
    people::{AddJoiner, AddJoinerFault, AskAdd, ImportJoinerFault},
    vouching::{TryCode, TryCodeFault},
};
use firstkey_domain::{
    PersonId, Role,
    enrollment::{Checklist, VouchRefusal},
};
use firstkey_testkit::authenticator::SoftAuthenticator;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{CONSOLE, Member, World, press},
};

over_both_stores!(
    rule_01_who_adds_somebody_signs_for_it_once,
    rule_02_who_adds_somebody_does_not_vouch_for_them,
    who_lost_the_right_between_question_and_signature_adds_nobody,
    one_number_is_one_person_and_namesakes_get_names_of_their_own,
);

async fn ask<S: Whole>(
    world: &World<S>,
    operator: PersonId,
    sponsor: Option<PersonId>,
) -> Result<Ceremony, Fault<AddJoinerFault>> {
    let joiner = world.row(None).joiner;
    world.app.ask_add(AskAdd { operator, joiner, sponsor, reason: "T-1".into() }).await
}

fn signed(operator: &mut Member, ceremony: &Ceremony) -> AddJoiner {
    let assertion = press(&mut operator.key, ceremony, CONSOLE);
    AddJoiner { operator: operator.id, ticket: ceremony.ticket.clone(), assertion }
}

async fn rule_01_who_adds_somebody_signs_for_it_once<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut other = world.joiner(&mut admin).await;
    assert!(matches!(
        ask(&world, other.id, None).await,
        Err(Fault::Refused(AddJoinerFault::NotAllowed(_)))
    ));

    let first = ask(&world, admin.id, Some(other.id)).await.unwrap();
    let second = ask(&world, admin.id, Some(other.id)).await.unwrap();
    let swapped = AddJoiner { ticket: second.ticket, ..signed(&mut admin, &first) };
    let refused = world.app.add_joiner(swapped).await;
    assert!(matches!(refused, Err(Fault::Refused(AddJoinerFault::Signature(_)))), "{refused:?}");
    let theirs = AddJoiner { operator: other.id, ..signed(&mut admin, &first) };
    assert!(matches!(
        world.app.add_joiner(theirs).await,
        Err(Fault::Refused(AddJoinerFault::NotAllowed(_)))
    ));

    let add = signed(&mut admin, &first);
    let person = world.app.add_joiner(add.clone()).await.unwrap();
    assert_eq!(world.person(person).await.profile.sponsor, Some(other.id));
    let again = world.app.add_joiner(add).await;
    assert!(matches!(again, Err(Fault::Refused(AddJoinerFault::Ticket(_)))), "{again:?}");

    // Somebody else meets them.
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut other, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
}

async fn rule_02_who_adds_somebody_does_not_vouch_for_them<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut officer = world.joiner(&mut admin).await;
    world.set_role(&mut admin, officer.id, Role::Officer, true).await.unwrap();
    // The administrator invents a joiner, and names nobody but themselves.
    let ceremony = ask(&world, admin.id, Some(admin.id)).await.unwrap();
    let person = world.app.add_joiner(signed(&mut admin, &ceremony)).await.unwrap();

    let browser = world.begin(world.enrollment_of(person).await, None).await;
    let try_code = TryCode {
        operator: admin.id,
        enrollment: browser.enrollment,
        typed: world.shown_code(&browser).await,
        checklist: Checklist::ACQUAINTED,
    };
    let refused = world.app.run(&try_code).await.map(drop);
    let barred = TryCodeFault::Refused(VouchRefusal::Barred);
    assert!(matches!(&refused, Err(Fault::Refused(fault)) if *fault == barred), "{refused:?}");
    world.match_by(&mut officer, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
}

async fn who_lost_the_right_between_question_and_signature_adds_nobody<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut second = world.joiner(&mut admin).await;
    world.set_role(&mut admin, second.id, Role::Administrator, true).await.unwrap();
    let ceremony = ask(&world, second.id, None).await.unwrap();
    let add = signed(&mut second, &ceremony);
    world.set_role(&mut admin, second.id, Role::Administrator, false).await.unwrap();
    let refused = world.app.add_joiner(add).await;
    assert!(matches!(refused, Err(Fault::Refused(AddJoinerFault::NotAllowed(_)))), "{refused:?}");
}

async fn one_number_is_one_person_and_namesakes_get_names_of_their_own<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let joiner = world.row(None).joiner;
    let mut names = Vec::new();
    for number in ["N-1", "N-2", "N-2"] {
        let mut joiner = joiner.clone();
        joiner.external_id = number.into();
        let ask = AskAdd { operator: admin.id, joiner, sponsor: None, reason: "T-1".into() };
        let ceremony = world.app.ask_add(ask).await.unwrap();
        match world.app.add_joiner(signed(&mut admin, &ceremony)).await {
            Ok(person) => {
                let record = world.person(person).await.record;
                names.push(record.expose().unwrap().user_name.clone());
            }
            Err(Fault::Refused(fault)) => {
                assert_eq!(fault, AddJoinerFault::Refused(ImportJoinerFault::ExternalIdTaken));
                names.push("taken".into());
            }
            Err(fault) => panic!("{fault:?}"),
        }
    }
    assert_ne!(names[0], names[1]);
    assert_eq!(names[2], "taken");
}
