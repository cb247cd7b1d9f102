//! Handover: the applicant's browser takes an address from the voucher's screen, and then the match is
//! made (rules 4 and 5).

use std::{sync::Arc, time::Duration};

use firstkey_app::{
    Fault,
    enrolling::{BroughtSecret, HandOver, HandOverFault},
    machines::Caller,
    people::MarkLeft,
    signing_in::{Session, SignOut, SignOutEverywhere},
    vouching::{CodeAnswer, OfferFault, TryCode},
};
use firstkey_domain::{
    PersonId, Role,
    enrollment::{Acquaintance, Checklist, HandOverRefusal, Method, Phase},
};
use firstkey_policy::{Plan, Step};
use firstkey_testkit::authenticator::SoftAuthenticator;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    invariants::{Whole, over_both_stores},
    sessions::Overtaken,
    world::{Browser, JOIN, Member, World, press},
};

over_both_stores!(
    rule_05_a_handover_and_the_match_by_the_same_voucher_are_enough_for_somebody_never_met,
    rule_05_what_is_shown_is_taken_in_its_minute_and_the_next_and_no_longer,
    rule_05_a_photographed_address_opens_nothing_in_another_browser,
    rule_05_an_address_for_another_enrollment_or_by_nobody_opens_nothing,
    rule_05_a_replayed_address_is_refused,
    rule_05_one_address_sent_32_times_hands_over_once,
    rule_05_whoever_signed_out_after_showing_hands_nothing_over,
    rule_05_a_sign_out_between_decision_and_commit_stops_the_handover,
    rule_05_a_sign_out_that_overtakes_a_handover_comes_first_or_last,
    rule_05_whoever_lost_the_right_after_showing_hands_nothing_over,
    rule_05_showing_changes_nothing_and_shows_nothing_where_nothing_is_to_be_handed_over,
    rule_22_while_the_clock_is_in_doubt_nothing_is_handed_over,
    rule_22_a_clock_that_is_set_back_gives_no_address_another_life,
    rule_04_a_second_browser_after_the_handover_stops_the_match,
    rule_04_a_second_voucher_is_enough_where_there_is_no_handover,
    rule_04_a_privileged_person_needs_a_handover_or_a_second_voucher,
);

/// Everybody in these stories: a sponsor who is signed in, and their joiner who has begun.
pub struct Meeting {
    pub admin: Member,
    pub sponsor: Member,
    pub session: Session,
    pub joiner: PersonId,
    pub browser: Browser,
}

pub async fn meeting<S: Whole>(world: &World<S>) -> Meeting {
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let session = session(world, &mut sponsor).await;
    let joiner = world.import(Some(sponsor.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    Meeting { admin, sponsor, session, joiner, browser }
}

async fn session<S: Whole>(world: &World<S>, member: &mut Member) -> Session {
    let token = world.sign_in(member).await.unwrap().token;
    world.app.session(&token).await.unwrap().expect("they are signed in")
}

/// What the screen of this session shows: the part behind the `#`.
pub async fn shown<S: Whole>(world: &World<S>, session: &Session, browser: &Browser) -> String {
    let address = world.app.handover_address(session, browser.enrollment).await.unwrap();
    let (page, secret) = address.expose().split_once('#').unwrap();
    assert_eq!(page, format!("{JOIN}/handover"));
    assert!(!format!("{address:?}").contains(secret), "it cannot be printed by accident");
    secret.to_owned()
}

/// A browser brings a secret.
fn bringing<S: Whole>(world: &World<S>, browser: &Browser, secret: &str) -> HandOver {
    let Browser { enrollment, attempt, key } = *browser;
    let secret = BroughtSecret(secret.to_owned());
    HandOver { request: world.proven(key), enrollment, attempt, secret }
}

pub async fn bring<S: Whole>(
    world: &World<S>,
    browser: &Browser,
    secret: &str,
) -> Result<(), HandOverFault> {
    match world.app.run(&bringing(world, browser, secret)).await {
        Ok(()) => Ok(()),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other:?}"),
    }
}

/// The voucher types the code, and says that they never met before.
pub async fn match_a_stranger<S: Whole>(world: &World<S>, voucher: &mut Member, browser: &Browser) {
    let acquaintance = Some(Acquaintance::FirstMeeting);
    let try_code = TryCode {
        operator: voucher.id,
        enrollment: browser.enrollment,
        typed: world.shown_code(browser).await,
        checklist: Checklist { acquaintance, ..Checklist::COMPLETE },
    };
    let CodeAnswer::Right(ceremony) = world.app.run(&try_code).await.unwrap() else {
        panic!("the code is right")
    };
    let approve = firstkey_app::vouching::Approve {
        operator: voucher.id,
        enrollment: browser.enrollment,
        assertion: press(&mut voucher.key, &ceremony, crate::world::CONSOLE),
        ticket: ceremony.ticket,
    };
    world.app.run(&approve).await.unwrap();
}

async fn methods<S: Whole>(world: &World<S>, browser: &Browser) -> Vec<Method> {
    let enrollment = world.enrollment(browser.enrollment).await;
    let Phase::Open(running) = enrollment.phase else { panic!("it is open") };
    running.attempts[0].proofings.iter().map(|each| each.method).collect()
}

async fn plan<S: Whole>(world: &World<S>, voucher: PersonId, browser: &Browser) -> Plan {
    let view = world.app.waiting(voucher, browser.enrollment).await.unwrap();
    view.attempts[0].plan.clone()
}

async fn rule_05_a_handover_and_the_match_by_the_same_voucher_are_enough_for_somebody_never_met<
    S: Whole,
>(
    world: Arc<World<S>>,
) {
    let Meeting { mut sponsor, session, browser, .. } = meeting(&world).await;
    assert_eq!(plan(&world, sponsor.id, &browser).await, Plan::Needs(vec![Step::MatchBySight]));
    bring(&world, &browser, &shown(&world, &session, &browser).await).await.unwrap();
    let progress = world.app.progress(browser.enrollment, browser.attempt, browser.key).await;
    assert!(progress.unwrap().unwrap().is_handed_over);
    assert!(world.app.run(&world.ask_pass(&browser)).await.is_err(), "the match is missing");
    match_a_stranger(&world, &mut sponsor, &browser).await;
    assert_eq!(methods(&world, &browser).await, [Method::Handover]);
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
}

async fn rule_05_what_is_shown_is_taken_in_its_minute_and_the_next_and_no_longer<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { session, browser, .. } = meeting(&world).await;
    // The clock of these stories stands at the full minute but for what the stories let pass.
    let ends = world.app.handover_address(&session, browser.enrollment).await.unwrap().ends;
    let left = ends.duration_since(world.app.now());
    assert!(left > SignedDuration::ZERO && left <= SignedDuration::from_secs(60));
    let first = shown(&world, &session, &browser).await;
    world.pass(left - SignedDuration::from_secs(1));
    assert_eq!(shown(&world, &session, &browser).await, first, "the minute is not over");
    world.pass(SignedDuration::from_secs(1));
    let second = shown(&world, &session, &browser).await;
    assert_ne!(second, first, "it rotates every 60 seconds");
    world.pass(SignedDuration::from_secs(60));
    assert_eq!(bring(&world, &browser, &first).await, Err(HandOverFault::Over));
    // What was shown in the minute before is still taken.
    world.pass(SignedDuration::from_secs(59));
    assert_eq!(bring(&world, &browser, &second).await, Ok(()));
}

async fn rule_05_a_photographed_address_opens_nothing_in_another_browser<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { session, browser, .. } = meeting(&world).await;
    let photographed = shown(&world, &session, &browser).await;
    // A thief who has begun nothing, and names the attempt.
    let without = Browser { key: world.browser_key(), ..browser };
    assert_eq!(bring(&world, &without, &photographed).await, Err(HandOverFault::Unknown));
    // A thief who begins with a stolen link: it was not shown for that browser.
    let thief = world.begin(browser.enrollment, None).await;
    assert_eq!(bring(&world, &thief, &photographed).await, Err(HandOverFault::NotForThis));
    // And from then on it opens nothing in the joiner's either.
    let refused = HandOverFault::Refused(HandOverRefusal::Contested);
    assert_eq!(bring(&world, &browser, &photographed).await, Err(refused));
}

async fn rule_05_an_address_for_another_enrollment_or_by_nobody_opens_nothing<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { mut admin, session: sponsors, browser, sponsor, .. } = meeting(&world).await;
    let other = world.import(Some(sponsor.id)).await;
    let other = world.begin(world.enrollment_of(other).await, None).await;
    let elsewhere = shown(&world, &sponsors, &other).await;
    assert_eq!(bring(&world, &browser, &elsewhere).await, Err(HandOverFault::NotForThis));

    // Another voucher's secret under the sponsor's session, and the other way round.
    let admins = session(&world, &mut admin).await;
    let (one, two) =
        (shown(&world, &sponsors, &browser).await, shown(&world, &admins, &browser).await);
    let crossed = format!("{}{}", &one[..24], &two[24..]);
    assert_ne!(crossed, one);
    let refused = bring(&world, &browser, &crossed).await;
    assert!(
        matches!(refused, Err(HandOverFault::NotForThis | HandOverFault::Withdrawn)),
        "{refused:?}"
    );

    // Every letter counts, and what is no secret at all is none.
    for place in [0, 10, 23, 25, 30, 47] {
        let mut forged = one.clone().into_bytes();
        forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        assert!(bring(&world, &browser, &forged).await.is_err(), "{place}");
    }
    for text in ["", "A", &one[..47], &format!("{one}A"), "ä"] {
        assert_eq!(bring(&world, &browser, text).await, Err(HandOverFault::NotForThis), "{text}");
    }
    assert!(one.len() * 6 >= 112 + 128 + 32, "112 bits and more are secret");
    assert_eq!(bring(&world, &browser, &one).await, Ok(()));
}

async fn rule_05_a_replayed_address_is_refused<S: Whole>(world: Arc<World<S>>) {
    let Meeting { mut admin, session: sponsors, browser, sponsor, .. } = meeting(&world).await;
    let secret = shown(&world, &sponsors, &browser).await;
    let once = bringing(&world, &browser, &secret);
    world.app.run(&once).await.unwrap();
    // The very request again; and the secret under a new proof.
    assert!(world.app.run(&once).await.is_err());
    let already = HandOverFault::Refused(HandOverRefusal::Already);
    assert_eq!(bring(&world, &browser, &secret).await, Err(already));
    // After the invitation was sent again nothing of it is left.
    let admins = session(&world, &mut admin).await;
    let others = shown(&world, &admins, &browser).await;
    let reinvite = firstkey_app::inviting::Reinvite {
        operator: Caller::Person(admin.id),
        enrollment: browser.enrollment,
    };
    world.app.run(&reinvite).await.unwrap();
    let again = world.begin(browser.enrollment, None).await;
    for old in [&secret, &others] {
        assert_eq!(bring(&world, &again, old).await, Err(HandOverFault::NotForThis));
        assert_eq!(bring(&world, &browser, old).await, Err(HandOverFault::Unknown));
    }
    let view = world.app.waiting(sponsor.id, browser.enrollment).await.unwrap();
    assert!(!view.attempts[0].is_handed_over);
}

async fn rule_05_one_address_sent_32_times_hands_over_once<S: Whole>(world: Arc<World<S>>) {
    let Meeting { session, browser, .. } = meeting(&world).await;
    let secret = shown(&world, &session, &browser).await;
    let before = world.app.peek::<firstkey_domain::enrollment::Enrollment>(browser.enrollment);
    let before = before.await.unwrap().unwrap().version();
    let mut racers = JoinSet::new();
    for _ in 0..32 {
        let (world, command) = (Arc::clone(&world), bringing(&world, &browser, &secret));
        racers.spawn(async move { world.app.run(&command).await.is_ok() });
    }
    let won = racers.join_all().await.into_iter().filter(|won| *won).count();
    assert_eq!(won, 1);
    let after = world.app.peek::<firstkey_domain::enrollment::Enrollment>(browser.enrollment);
    assert_eq!(after.await.unwrap().unwrap().version(), before + 1);
}

async fn rule_05_whoever_signed_out_after_showing_hands_nothing_over<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { mut sponsor, session: first, browser, .. } = meeting(&world).await;
    let secret = shown(&world, &first, &browser).await;
    world.app.run(&SignOut { person: sponsor.id, session: first.id }).await.unwrap();
    assert_eq!(bring(&world, &browser, &secret).await, Err(HandOverFault::Withdrawn));

    // Signed in again it is another session; signing out everywhere ends that one too.
    let second = session(&world, &mut sponsor).await;
    let next = shown(&world, &second, &browser).await;
    assert_eq!(bring(&world, &browser, &secret).await, Err(HandOverFault::Withdrawn));
    world.app.run(&SignOutEverywhere { person: sponsor.id }).await.unwrap();
    assert_eq!(bring(&world, &browser, &next).await, Err(HandOverFault::Withdrawn));

    // An empty chair: nobody has used the session for an hour.
    let third = session(&world, &mut sponsor).await;
    world.pass(SignedDuration::from_mins(61));
    let late = shown(&world, &third, &browser).await;
    assert_eq!(bring(&world, &browser, &late).await, Err(HandOverFault::Withdrawn));
}

async fn rule_05_a_sign_out_between_decision_and_commit_stops_the_handover<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { sponsor, session, browser, .. } = meeting(&world).await;
    let secret = shown(&world, &session, &browser).await;
    let decided = bringing(&world, &browser, &secret);
    let overtaking = SignOut { person: sponsor.id, session: session.id };
    let overtaken = Overtaken { world: &*world, decided, overtaking };
    let refused: Result<((), ()), _> = world.app.run(&overtaken).await;
    assert!(matches!(refused, Err(Fault::Refused(HandOverFault::Withdrawn))), "{refused:?}");
    let view = world.app.waiting(sponsor.id, browser.enrollment).await.unwrap();
    assert!(!view.attempts[0].is_handed_over);
}

async fn rule_05_a_sign_out_that_overtakes_a_handover_comes_first_or_last<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = meeting(&world).await.admin;
    let mut outcomes = [0, 0];
    for round in 0..16_u64 {
        let joiner = world.import(Some(admin.id)).await;
        let browser = world.begin(world.enrollment_of(joiner).await, None).await;
        let ending = session(&world, &mut admin).await;
        let command = bringing(&world, &browser, &shown(&world, &ending, &browser).await);
        let (one, two) = (Arc::clone(&world), Arc::clone(&world));
        let brought = tokio::spawn(async move { one.app.run(&command).await });
        let person = admin.id;
        let out = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_micros(round * 40)).await;
            two.app.run(&SignOut { person, session: ending.id }).await
        });
        out.await.unwrap().unwrap();
        let is_done = match brought.await.unwrap() {
            Ok(()) => true,
            Err(Fault::Refused(HandOverFault::Withdrawn)) => false,
            other => panic!("{other:?}"),
        };
        outcomes[usize::from(is_done)] += 1;
        let view = world.app.waiting(admin.id, browser.enrollment).await.unwrap();
        assert_eq!(view.attempts[0].is_handed_over, is_done);
    }
    println!("{} came too late, {} in time", outcomes[0], outcomes[1]);
}

async fn rule_05_whoever_lost_the_right_after_showing_hands_nothing_over<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { mut admin, session: sponsors, browser, sponsor, .. } = meeting(&world).await;
    let mut officer = world.joiner(&mut admin).await;
    world.set_role(&mut admin, officer.id, Role::Officer, true).await.unwrap();
    let officers = session(&world, &mut officer).await;
    let by_officer = shown(&world, &officers, &browser).await;
    world.set_role(&mut admin, officer.id, Role::Officer, false).await.unwrap();
    assert_eq!(bring(&world, &browser, &by_officer).await, Err(HandOverFault::Withdrawn));
    // Nor is it shown to them any more.
    let refused = world.app.handover_address(&officers, browser.enrollment).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(OfferFault::NotAllowed(_)))));

    let by_sponsor = shown(&world, &sponsors, &browser).await;
    let leave = MarkLeft { operator: admin.id, person: sponsor.id };
    world.app.run(&leave).await.unwrap();
    assert_eq!(bring(&world, &browser, &by_sponsor).await, Err(HandOverFault::Withdrawn));
}

async fn rule_05_showing_changes_nothing_and_shows_nothing_where_nothing_is_to_be_handed_over<
    S: Whole,
>(
    world: Arc<World<S>>,
) {
    let Meeting { mut admin, session: sponsors, browser, .. } = meeting(&world).await;
    let version = || async {
        let enrollment =
            world.app.peek::<firstkey_domain::enrollment::Enrollment>(browser.enrollment);
        enrollment.await.unwrap().unwrap().version()
    };
    let before = version().await;
    for _ in 0..100 {
        shown(&world, &sponsors, &browser).await;
    }
    assert_eq!(version().await, before);

    // Whose joiner it is not, nothing is shown, nor whether there is anything.
    let mut stranger = world.joiner(&mut admin).await;
    let strangers = session(&world, &mut stranger).await;
    for enrollment in [browser.enrollment, world.enrollment_of(stranger.id).await] {
        let refused = world.app.handover_address(&strangers, enrollment).await.map(drop);
        assert!(matches!(refused, Err(Fault::Refused(OfferFault::NotAllowed(_)))));
    }
    // Two browsers; and nobody at all.
    world.begin(browser.enrollment, None).await;
    let refused = world.app.handover_address(&sponsors, browser.enrollment).await.map(drop);
    let contested = OfferFault::Refused(HandOverRefusal::Contested);
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == contested));
    let reinvite = firstkey_app::inviting::Reinvite {
        operator: Caller::Person(admin.id),
        enrollment: browser.enrollment,
    };
    world.app.run(&reinvite).await.unwrap();
    let refused = world.app.handover_address(&sponsors, browser.enrollment).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(OfferFault::NobodyWaiting))));
}

async fn rule_22_while_the_clock_is_in_doubt_nothing_is_handed_over<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { session, browser, .. } = meeting(&world).await;
    world.clock.move_wall(SignedDuration::from_mins(3));
    let secret = shown(&world, &session, &browser).await;
    assert_eq!(bring(&world, &browser, &secret).await, Err(HandOverFault::ClockMoved));
    world.clock.move_wall(SignedDuration::from_mins(-3));
    let secret = shown(&world, &session, &browser).await;
    assert_eq!(bring(&world, &browser, &secret).await, Ok(()));
}

async fn rule_22_a_clock_that_is_set_back_gives_no_address_another_life<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { mut admin, session, browser, .. } = meeting(&world).await;
    let old = shown(&world, &session, &browser).await;
    world.pass(SignedDuration::from_mins(2));
    // Whatever is committed keeps time from running backwards.
    world.joiner(&mut admin).await;
    world.clock.move_wall(SignedDuration::from_secs(-110));
    assert_eq!(bring(&world, &browser, &old).await, Err(HandOverFault::Over));
}

async fn rule_04_a_second_browser_after_the_handover_stops_the_match<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { sponsor, session, browser, .. } = meeting(&world).await;
    bring(&world, &browser, &shown(&world, &session, &browser).await).await.unwrap();
    let typed = world.shown_code(&browser).await;
    world.begin(browser.enrollment, None).await;
    let checklist = Checklist::ACQUAINTED;
    let enrollment = browser.enrollment;
    let refused =
        world.app.run(&TryCode { operator: sponsor.id, enrollment, typed, checklist }).await;
    assert!(refused.is_err(), "no code is compared while two browsers are at it");
}

async fn rule_04_a_second_voucher_is_enough_where_there_is_no_handover<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { mut admin, mut sponsor, browser, .. } = meeting(&world).await;
    match_a_stranger(&world, &mut sponsor, &browser).await;
    assert!(world.app.run(&world.ask_pass(&browser)).await.is_err(), "one stranger is not enough");
    assert_eq!(plan(&world, sponsor.id, &browser).await, Plan::Needs(vec![Step::Handover]));
    match_a_stranger(&world, &mut admin, &browser).await;
    assert_eq!(methods(&world, &browser).await, [Method::Match, Method::Match]);
    world.enroll(&browser, SoftAuthenticator::new(901)).await;
}

async fn rule_04_a_privileged_person_needs_a_handover_or_a_second_voucher<S: Whole>(
    world: Arc<World<S>>,
) {
    let Meeting { mut admin, mut sponsor, session, joiner, browser, .. } = meeting(&world).await;
    world.set_role(&mut admin, joiner, Role::Auditor, true).await.unwrap();
    // Knowing them is not enough.
    world.match_by(&mut sponsor, &browser).await;
    assert!(world.app.run(&world.ask_pass(&browser)).await.is_err());
    let progress = world.app.progress(browser.enrollment, browser.attempt, browser.key).await;
    let progress = progress.unwrap().unwrap();
    assert!(progress.do_matches_suffice && !progress.is_handed_over);
    // The sponsor, who matched before, hands over and types once more.
    bring(&world, &browser, &shown(&world, &session, &browser).await).await.unwrap();
    world.match_by(&mut sponsor, &browser).await;
    assert_eq!(methods(&world, &browser).await, [Method::Match, Method::Handover]);
    world.enroll(&browser, SoftAuthenticator::new(902)).await;
}
