//! Who may vouch, and until when their word counts: it is asked again at every step.

use std::sync::Arc;

use firstkey_app::{
    Fault,
    enrolling::{AskPassFault, Bind, Bound},
    own::{SuspendAuthenticator, SuspendToken},
    people::{ImportJoinerFault, MarkLeft},
    vouching::{Approve, ApproveFault, CodeAnswer, TryCode, TryCodeFault},
};
use firstkey_domain::{
    Actor, EnrollmentId, PersonId, Role,
    enrollment::{Checklist, MatchCode, VouchRefusal},
    person::ChangeRefusal,
};
use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::Value;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{Browser, Member, World},
};

over_both_stores!(
    nobody_vouches_for_themselves_or_for_strangers,
    the_same_voucher_counts_once,
    whoever_lost_the_right_between_code_and_signature_does_not_vouch,
    whoever_lost_the_right_after_signing_did_not_vouch,
    a_voucher_who_leaves_while_the_applicant_binds_came_before_or_after,
    nobody_moves_an_address_unsigned_and_then_vouches,
);

/// Everybody in these stories.
struct Cast {
    admin: Member,
    officer: Member,
    sponsor: Member,
}

async fn cast<S: Whole>(world: &World<S>) -> Cast {
    let mut admin = world.admin().await;
    let sponsor = world.sponsor(&mut admin).await;
    let officer = world.joiner(&mut admin).await;
    set_role(world, &mut admin, officer.id, true).await;
    Cast { admin, officer, sponsor }
}

async fn set_role<S: Whole>(world: &World<S>, admin: &mut Member, person: PersonId, held: bool) {
    world.set_role(admin, person, Role::Officer, held).await.unwrap();
}

async fn waiting<S: Whole>(world: &World<S>, sponsor: PersonId) -> Browser {
    let joiner = world.import(Some(sponsor)).await;
    world.begin(world.enrollment_of(joiner).await, None).await
}

async fn type_code<S: Whole>(
    world: &World<S>,
    operator: PersonId,
    enrollment: EnrollmentId,
    typed: MatchCode,
) -> Result<CodeAnswer, Fault<TryCodeFault>> {
    let checklist = Checklist::ACQUAINTED;
    world.app.run(&TryCode { operator, enrollment, typed, checklist }).await
}

async fn nobody_vouches_for_themselves_or_for_strangers<S: Whole>(world: Arc<World<S>>) {
    let Cast { mut admin, sponsor, .. } = cast(&world).await;
    let stranger = world.sponsor(&mut admin).await;
    let browser = waiting(&world, sponsor.id).await;
    let applicant = world.enrollment(browser.enrollment).await.person;
    let code = world.shown_code(&browser).await;

    let unknown = EnrollmentId::from_uuid(applicant.uuid());
    for (operator, enrollment) in [
        (applicant, browser.enrollment),
        (stranger.id, browser.enrollment),
        (stranger.id, unknown),
        (sponsor.id, unknown),
    ] {
        let refused = type_code(&world, operator, enrollment, code).await;
        assert!(
            matches!(refused, Err(Fault::Refused(TryCodeFault::NotAllowed(_)))),
            "what is not theirs and what is not there look alike: {refused:?}"
        );
        assert!(world.app.waiting(operator, enrollment).await.is_err());
    }

    // An operator whose own door is open again does not open it themselves.
    let approval = world.approval(&mut admin, &browser).await;
    let stolen = Approve { operator: stranger.id, ..approval };
    let refused = world.app.run(&stolen).await;
    assert!(matches!(refused, Err(Fault::Refused(ApproveFault::NotAllowed(_)))));
}

async fn the_same_voucher_counts_once<S: Whole>(world: Arc<World<S>>) {
    let Cast { mut admin, mut sponsor, .. } = cast(&world).await;
    // Two vouchers are asked for, because of the role.
    let browser = waiting(&world, sponsor.id).await;
    let applicant = world.enrollment(browser.enrollment).await.person;
    set_role(&world, &mut admin, applicant, true).await;
    let code = world.shown_code(&browser).await;
    let both = [
        world.approval(&mut sponsor, &browser).await,
        world.approval(&mut sponsor, &browser).await,
    ];
    world.app.run(&both[0]).await.unwrap();
    let twice = world.app.run(&both[1]).await;
    assert!(matches!(twice, Err(Fault::Refused(ApproveFault::Refused(VouchRefusal::Twice)))));
    let twice = type_code(&world, sponsor.id, browser.enrollment, code).await;
    assert!(matches!(twice, Err(Fault::Refused(TryCodeFault::Refused(VouchRefusal::Twice)))));
    let missing = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    assert!(matches!(missing, Err(Fault::Refused(AskPassFault::Missing(_)))));

    world.match_by(&mut admin, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
}

async fn whoever_lost_the_right_between_code_and_signature_does_not_vouch<S: Whole>(
    world: Arc<World<S>>,
) {
    let Cast { mut admin, mut officer, mut sponsor } = cast(&world).await;
    let browser = waiting(&world, sponsor.id).await;

    let approval = world.approval(&mut officer, &browser).await;
    set_role(&world, &mut admin, officer.id, false).await;
    let refused = world.app.run(&approval).await;
    assert!(matches!(refused, Err(Fault::Refused(ApproveFault::NotAllowed(_)))), "role revoked");

    let approval = world.approval(&mut sponsor, &browser).await;
    let token = SuspendToken { person: sponsor.id, authenticator: sponsor.authenticator };
    let token = token.to_text(world.app.keys());
    world.app.run(&SuspendAuthenticator { token }).await.unwrap();
    assert!(matches!(world.app.run(&approval).await, Err(Fault::Refused(_))), "key suspended");

    let mut other = world.sponsor(&mut admin).await;
    let browser = waiting(&world, other.id).await;
    let approval = world.approval(&mut other, &browser).await;
    world.app.run(&MarkLeft { operator: admin.id, person: other.id }).await.unwrap();
    let refused = world.app.run(&approval).await;
    assert!(matches!(refused, Err(Fault::Refused(ApproveFault::NotAllowed(_)))), "left");
}

async fn whoever_lost_the_right_after_signing_did_not_vouch<S: Whole>(world: Arc<World<S>>) {
    let Cast { mut admin, mut officer, sponsor } = cast(&world).await;
    let unminted = waiting(&world, sponsor.id).await;
    world.match_by(&mut officer, &unminted).await;
    let minted = waiting(&world, sponsor.id).await;
    world.match_by(&mut officer, &minted).await;
    let first = world.app.run(&world.ask_pass(&minted)).await.unwrap();
    let verified = waiting(&world, sponsor.id).await;
    world.match_by(&mut officer, &verified).await;
    let mut key = SoftAuthenticator::new(900);
    let second = world.register(&verified, &mut key).await;

    set_role(&world, &mut admin, officer.id, false).await;

    let ask = world.app.run(&world.ask_pass(&unminted)).await.map(drop);
    assert!(matches!(ask, Err(Fault::Refused(AskPassFault::Missing(_)))));
    let register = world.registration(&minted, &first, &mut SoftAuthenticator::new(901));
    let registered = world.app.run(&register).await.unwrap();
    assert!(matches!(registered, firstkey_app::enrolling::Registered::Unsuitable { .. }));
    let bind = world.binding(&verified, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Outdated));
    for browser in [unminted, minted, verified] {
        let person = world.enrollment(browser.enrollment).await.person;
        assert!(world.person(person).await.authenticators.is_empty());
    }
}

async fn a_voucher_who_leaves_while_the_applicant_binds_came_before_or_after<S: Whole>(
    world: Arc<World<S>>,
) {
    let Cast { mut admin, .. } = cast(&world).await;
    let mut orders = [0, 0];
    for round in 0..12 {
        let mut sponsor = world.sponsor(&mut admin).await;
        let browser = waiting(&world, sponsor.id).await;
        world.match_by(&mut sponsor, &browser).await;
        let mut key = SoftAuthenticator::new(2000 + round);
        let second = world.register(&browser, &mut key).await;
        let bind: Bind = world.binding(&browser, &second, &mut key);
        let leave = MarkLeft { operator: admin.id, person: sponsor.id };
        let (binding, leaving) = (world.clone(), world.clone());
        let binding = tokio::spawn(async move { binding.app.run(&bind).await });
        let leaving = tokio::spawn(async move { leaving.app.run(&leave).await });
        leaving.await.unwrap().unwrap();
        match binding.await.unwrap().unwrap() {
            Bound::Bound(_) => {
                let bound =
                    sequence_of(&world, browser.enrollment.into(), "enrollment.bound/1").await;
                let left = sequence_of(&world, sponsor.id.into(), "person.left/1").await;
                assert!(bound < left, "bound on the word of somebody who had left");
                orders[0] += 1;
            }
            Bound::Outdated => orders[1] += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(orders[0] + orders[1], 12);
}

async fn sequence_of<S: Whole>(
    world: &World<S>,
    stream: firstkey_domain::StreamId,
    kind: &str,
) -> u64 {
    let entries = world.app.store().entries(stream).await.unwrap();
    let is_it =
        |open: &[u8]| serde_json::from_slice::<Value>(open).unwrap()["event"]["kind"] == kind;
    entries.iter().find(|entry| is_it(&entry.open)).unwrap().sequence
}

async fn nobody_moves_an_address_unsigned_and_then_vouches<S: Whole>(world: Arc<World<S>>) {
    let Cast { admin, .. } = cast(&world).await;
    let row = world.row(Some(admin.id));
    let mut moved = world.row(Some(admin.id));
    moved.joiner = row.joiner.clone();
    moved.joiner.personal_email = "thief@mail.example".into();
    moved.known = Some(world.import_row(row).await);
    moved.by = Actor::Person(admin.id);
    let refused = world.app.import_joiner(moved).await;
    let unsigned = ImportJoinerFault::Refused(ChangeRefusal::NeedsSignature);
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == unsigned));
}
