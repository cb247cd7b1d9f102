//! Proofs and tickets work once, for whom and for what they were made.

use std::sync::Arc;

use firstkey_app::{
    Fault, TicketError,
    enrolling::{Bind, BindFault, Register, RegisterFault, Registered},
    signing_in::{SignIn, SignInFault},
    vouching::{Approve, ApproveFault, CodeAnswer, TryCode},
};
use firstkey_domain::enrollment::{BindRefusal, Checklist, RegisterRefusal, VouchRefusal};
use firstkey_ports::ReservationKind;
use firstkey_testkit::authenticator::{Sabotage, SoftAuthenticator};
use jiff::SignedDuration;
use serde_json::json;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{Browser, CONSOLE, JOIN, Member, World, press, read},
};

over_both_stores!(
    a_proof_is_taken_once,
    a_challenge_is_answered_once,
    a_ticket_of_another_step_is_refused,
    a_ticket_of_another_attempt_is_refused,
    an_approval_counts_for_one_applicant_and_whoever_typed_the_code,
    a_ticket_is_good_for_five_minutes,
    a_forged_ticket_opens_nothing,
);

/// A joiner's browser in which a passkey may be made.
async fn ready<S: Whole>(world: &World<S>, voucher: &mut Member) -> Browser {
    let joiner = world.import(Some(voucher.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    world.match_by(voucher, &browser).await;
    browser
}

async fn a_proof_is_taken_once<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let browser = ready(&world, &mut admin).await;
    let ask = world.ask_pass(&browser);
    world.app.run(&ask).await.unwrap();
    let spent = Err(ReservationKind::Proof);
    let again = world.app.run(&ask).await.map(drop);
    assert_eq!(again.map_err(spent_kind), spent, "a changing request");
    let begin = world.locator(browser.enrollment).await;
    let mut begin = world.begin_with(begin, world.browser_key(), None).await;
    begin.request.proof = ask.request.proof;
    let again = world.app.run(&begin).await.map(drop);
    assert_eq!(again.map_err(spent_kind), spent, "in another request");
}

fn spent_kind<R: std::fmt::Debug>(fault: Fault<R>) -> ReservationKind {
    let Fault::Spent(kind) = fault else { panic!("{fault:?}") };
    kind
}

async fn a_challenge_is_answered_once<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let ceremony = world.begin_sign_in();
    let answer = |admin: &mut Member| SignIn {
        ticket: ceremony.ticket.clone(),
        assertion: press(&mut admin.key, &ceremony, CONSOLE),
        browser: String::new(),
    };
    world.app.run(&answer(&mut admin)).await.unwrap();
    let again = world.app.run(&answer(&mut admin)).await.map(drop);
    assert!(matches!(again, Err(Fault::Refused(SignInFault::Ticket(TicketError::NotOurs)))));

    // A rejected answer has used its challenge up too.
    let browser = ready(&world, &mut admin).await;
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let mut key = SoftAuthenticator::new(900);
    key.sabotage = Some(Sabotage::Origin("https://join.example.com".into()));
    let lie = world.registration(&browser, &first, &mut key);
    assert!(matches!(world.app.run(&lie).await.unwrap(), Registered::Rejected(_)));
    let honest = world.registration(&browser, &first, &mut SoftAuthenticator::new(901));
    let again = world.app.run(&honest).await.map(drop);
    assert!(matches!(again, Err(Fault::Refused(RegisterFault::Ticket(TicketError::NotOurs)))));
}

async fn a_ticket_of_another_step_is_refused<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let browser = ready(&world, &mut admin).await;
    let mut key = SoftAuthenticator::new(900);
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let second = world.register(&browser, &mut key).await;

    let with_first =
        Bind { ticket: first.ticket.clone(), ..world.binding(&browser, &second, &mut key) };
    let refused = world.app.run(&with_first).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(BindFault::Ticket(TicketError::NotOurs)))));

    // What was signed to sign in is no approval, and the other way round (rule 13).
    let other = world.import(Some(admin.id)).await;
    let waiting = world.begin(world.enrollment_of(other).await, None).await;
    let approval = world.approval(&mut admin, &waiting).await;
    let sign_in = world.begin_sign_in();
    let crossed = SignIn {
        ticket: approval.ticket.clone(),
        assertion: press(&mut admin.key, &sign_in, CONSOLE),
        browser: String::new(),
    };
    let refused = world.app.run(&crossed).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::Ticket(TicketError::NotOurs)))));
    let crossed = Approve {
        operator: admin.id,
        enrollment: waiting.enrollment,
        assertion: press(&mut admin.key, &sign_in, CONSOLE),
        ticket: sign_in.ticket,
    };
    let refused = world.app.run(&crossed).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(ApproveFault::Ticket(TicketError::NotOurs)))));
}

async fn a_ticket_of_another_attempt_is_refused<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let ours = ready(&world, &mut admin).await;
    let theirs = ready(&world, &mut admin).await;
    let mut key = SoftAuthenticator::new(900);

    let first = world.app.run(&world.ask_pass(&theirs)).await.unwrap();
    world.app.run(&world.ask_pass(&ours)).await.unwrap();
    let crossed = world.registration(&ours, &first, &mut key);
    let refused = world.app.run(&crossed).await.map(drop);
    let wrong = RegisterFault::Refused(RegisterRefusal::WrongChallenge);
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == wrong));

    let mut their_key = SoftAuthenticator::new(901);
    let theirs_second = world.register(&theirs, &mut their_key).await;
    let ours_second = world.register(&ours, &mut key).await;
    // Our passkey signs what theirs was asked to sign: sound, and over another statement.
    let mut options = theirs_second.options.clone();
    options["allowCredentials"] = ours_second.options["allowCredentials"].clone();
    let crossed = Bind {
        ticket: theirs_second.ticket,
        assertion: read(key.get(&options, JOIN).unwrap()),
        ..world.binding(&ours, &ours_second, &mut key)
    };
    let refused = world.app.run(&crossed).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(BindFault::Refused(BindRefusal::NotSigned)))));
}

async fn an_approval_counts_for_one_applicant_and_whoever_typed_the_code<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let mut waiting = Vec::new();
    for _ in 0..2 {
        let joiner = world.import(Some(sponsor.id)).await;
        waiting.push(world.begin(world.enrollment_of(joiner).await, None).await);
    }
    let [one, other] = [&waiting[0], &waiting[1]];
    let approval = world.approval(&mut sponsor, one).await;
    let moved = Approve { enrollment: other.enrollment, ..approval };
    let refused = world.app.run(&moved).await;
    assert!(matches!(refused, Err(Fault::Refused(ApproveFault::Refused(VouchRefusal::Moved)))));

    // The administrator could vouch, and did not type the code.
    let typed = TryCode {
        operator: sponsor.id,
        enrollment: one.enrollment,
        typed: world.shown_code(one).await,
        checklist: Checklist::ACQUAINTED,
    };
    let CodeAnswer::Right(ceremony) = world.app.run(&typed).await.unwrap() else { panic!() };
    let mut options = ceremony.options.clone();
    options["allowCredentials"] = json!([]);
    let passed_on = Approve {
        operator: admin.id,
        enrollment: one.enrollment,
        assertion: read(admin.key.get(&options, CONSOLE).unwrap()),
        ticket: ceremony.ticket,
    };
    let refused = world.app.run(&passed_on).await;
    assert!(matches!(refused, Err(Fault::Refused(ApproveFault::Ticket(TicketError::NotOurs)))));
    assert!(world.person(world.enrollment(one.enrollment).await.person).await.is_active());
}

async fn a_ticket_is_good_for_five_minutes<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let browser = ready(&world, &mut admin).await;
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let sign_in = world.begin_sign_in();
    world.live(SignedDuration::from_mins(5)).await;

    let late = world.registration(&browser, &first, &mut SoftAuthenticator::new(900));
    let refused = world.app.run(&late).await.map(drop);
    let expired = TicketError::Expired;
    assert!(
        matches!(refused, Err(Fault::Refused(RegisterFault::Ticket(error))) if error == expired)
    );
    let late = SignIn {
        assertion: press(&mut admin.key, &sign_in, CONSOLE),
        ticket: sign_in.ticket,
        browser: String::new(),
    };
    let refused = world.app.run(&late).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::Ticket(error))) if error == expired));
}

async fn a_forged_ticket_opens_nothing<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let browser = ready(&world, &mut admin).await;
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let good = first.ticket.clone();
    let mut forgeries = vec![String::new(), "A".repeat(15), "A".repeat(100_000), "%%%".into()];
    for place in (0..good.len()).step_by(7) {
        let mut forged = good.clone().into_bytes();
        forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
        forgeries.push(String::from_utf8(forged).unwrap());
        forgeries.push(good[..place].to_owned());
    }
    for ticket in forgeries {
        let mut key = SoftAuthenticator::new(900);
        let forged = Register { ticket, ..world.registration(&browser, &first, &mut key) };
        let refused = world.app.run(&forged).await.map(drop);
        assert!(
            matches!(refused, Err(Fault::Refused(RegisterFault::Ticket(TicketError::NotOurs)))),
            "{}",
            forged.ticket
        );
    }
    // None of it was counted against the applicant.
    let honest = world.registration(&browser, &first, &mut SoftAuthenticator::new(901));
    assert!(matches!(world.app.run(&honest).await.unwrap(), Registered::Kept(_)));
}
