//! Two browsers begin with one invitation: one of them may not be the joiner's.

use std::{collections::BTreeSet, sync::Arc};

use firstkey_app::{
    Fault,
    inviting::Reinvite,
    vouching::{TryCode, TryCodeFault},
};
use firstkey_domain::{
    PersonId,
    enrollment::{Checklist, VouchRefusal},
};
use firstkey_ports::{Message, NoticeKind, OutboxState};
use firstkey_testkit::authenticator::SoftAuthenticator;

use crate::{
    invariants::{Whole, over_both_stores},
    world::World,
};

over_both_stores!(nobody_can_vouch_until_the_invitation_is_sent_again);

async fn told<S: Whole>(world: &World<S>, kind: NoticeKind) -> Vec<PersonId> {
    let waiting = world.app.store().messages(OutboxState::Waiting, 100).await.unwrap();
    let to = waiting.into_iter().filter_map(|message| match message.message {
        Message::Notice { notice, to, .. } if notice == kind => Some(to),
        _ => None,
    });
    to.collect()
}

async fn nobody_can_vouch_until_the_invitation_is_sent_again<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let joiner = world.import(Some(sponsor.id)).await;
    let enrollment = world.enrollment_of(joiner).await;

    let first = world.begin(enrollment, None).await;
    assert_eq!(told(&world, NoticeKind::Waiting).await.last(), Some(&sponsor.id));
    assert_eq!(told(&world, NoticeKind::Contested).await, []);
    let code = world.shown_code(&first).await;
    let second = world.begin(enrollment, None).await;
    let warned: BTreeSet<_> = told(&world, NoticeKind::Contested).await.into_iter().collect();
    assert_eq!(warned, [sponsor.id, joiner].into(), "both are told");
    for browser in [&first, &second] {
        let seen = world.app.progress(enrollment, browser.attempt, browser.key).await.unwrap();
        assert!(seen.unwrap().is_contested);
    }

    let typed =
        TryCode { operator: sponsor.id, enrollment, typed: code, checklist: Checklist::ACQUAINTED };
    let refused = world.app.run(&typed).await;
    let contested = TryCodeFault::Refused(VouchRefusal::Contested);
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == contested));

    let again = Reinvite { operator: admin.id.into(), enrollment };
    world.app.run(&again).await.unwrap();
    for browser in [&first, &second] {
        let ask = world.ask_pass(browser);
        assert!(world.app.run(&ask).await.is_err(), "both browsers start again");
    }
    let winner = world.begin(enrollment, None).await;
    world.match_by(&mut sponsor, &winner).await;
    let member = world.enroll(&winner, SoftAuthenticator::new(77)).await;
    assert_eq!(world.person(joiner).await.authenticators[0].id, member.authenticator);
}
