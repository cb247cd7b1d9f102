//! Policy is asked again at every step, and says what it misses.

use std::sync::Arc;

use firstkey_app::{
    Fault,
    enrolling::{AskPassFault, Bound, Confirmed, ProgressStage, Registered, SetupLinkSecret},
    inviting::Setup,
    policy::Activate,
    signing_in::SignInFault,
    vouching::TerminalVouch,
};
use firstkey_domain::{
    StreamId,
    enrollment::{AttemptEnd, MatchCode},
};
use firstkey_policy::{DEFAULT, Operation, Plan, Shortcoming, Step};
use firstkey_testkit::authenticator::{Sabotage, SoftAuthenticator};
use serde_json::Value;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{Browser, HOST_USER, Member, World},
};

over_both_stores!(
    a_policy_activated_before_the_second_press_voids_the_pass,
    a_policy_that_moved_and_came_back_voids_the_pass,
    a_stricter_policy_asks_for_what_it_misses,
    a_passkey_that_a_new_policy_refuses_gives_way_to_another,
    a_passkey_is_kept_while_more_is_asked_of_its_holder,
    where_no_step_helps_no_digits_are_shown,
    a_refused_model_leaves_the_pass_for_another_try,
    five_rejected_answers_close_the_attempt,
);

async fn activate<S: Whole>(world: &World<S>, text: String) {
    world.app.run(&Activate { host: HOST_USER.into(), text }).await.unwrap();
}

/// The default policy without the rule that one voucher is enough.
fn two_vouchers() -> String {
    let (before, rest) = DEFAULT.split_once("@id(\"first-by-one-voucher\")").unwrap();
    let (_, after) = rest.split_once("@id(").unwrap();
    format!("{before}@id({after}")
}

async fn matched<S: Whole>(world: &World<S>) -> (Browser, Member, Member) {
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let joiner = world.import(Some(sponsor.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    world.match_by(&mut sponsor, &browser).await;
    (browser, admin, sponsor)
}

async fn a_policy_activated_before_the_second_press_voids_the_pass<S: Whole>(world: Arc<World<S>>) {
    let (browser, ..) = matched(&world).await;
    let mut key = SoftAuthenticator::new(900);
    let second = world.register(&browser, &mut key).await;
    // It asks for nothing more, and is another policy all the same.
    activate(&world, format!("// Reviewed.\n{DEFAULT}")).await;
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Outdated));

    let again = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    assert_eq!(again.options, Value::Null, "the passkey that was made is not made again");
    let second = world.second_press(&browser).await;
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Bound(_)));
}

async fn a_policy_that_moved_and_came_back_voids_the_pass<S: Whole>(world: Arc<World<S>>) {
    let (browser, ..) = matched(&world).await;
    let mut key = SoftAuthenticator::new(900);
    let second = world.register(&browser, &mut key).await;
    let before = open_pass(&world, &browser).await.unwrap();
    activate(&world, format!("// For an hour.\n{DEFAULT}")).await;
    activate(&world, DEFAULT.to_owned()).await;
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Outdated));

    world.app.run(&world.ask_pass(&browser)).await.unwrap();
    assert_ne!(open_pass(&world, &browser).await.unwrap().id, before.id);
    let second = world.second_press(&browser).await;
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Bound(_)));
}

async fn a_stricter_policy_asks_for_what_it_misses<S: Whole>(world: Arc<World<S>>) {
    let (browser, mut admin, _) = matched(&world).await;
    let mut key = SoftAuthenticator::new(900);
    let second = world.register(&browser, &mut key).await;
    activate(&world, two_vouchers()).await;
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Outdated));

    let missing = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    let Err(Fault::Refused(AskPassFault::Missing(plan))) = missing else { panic!("{missing:?}") };
    // The cheaper of two ways; a second voucher, who comes below, is the other.
    assert_eq!(plan, Plan::Needs(vec![Step::Handover]));
    world.match_by(&mut admin, &browser).await;
    world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let second = world.second_press(&browser).await;
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Bound(_)));
}

/// The default policy, which takes no synced passkeys from anybody.
fn nothing_synced() -> String {
    let rule = r#"
        @id("stays") @reason("A test.") forbid (principal, action == Action::"bind", resource)
        unless { context.authenticator.device_bound };
    "#;
    format!("{DEFAULT}{rule}")
}

async fn a_passkey_that_a_new_policy_refuses_gives_way_to_another<S: Whole>(world: Arc<World<S>>) {
    for is_pressed in [false, true] {
        activate(&world, DEFAULT.to_owned()).await;
        let (browser, ..) = matched(&world).await;
        let mut synced = SoftAuthenticator::synced(900 + world.number());
        let second = world.register(&browser, &mut synced).await;
        activate(&world, nothing_synced()).await;
        let dropped = if is_pressed {
            let bind = world.binding(&browser, &second, &mut synced);
            match world.app.run(&bind).await.unwrap() {
                Bound::Unsuitable(dropped) => dropped,
                other => panic!("{other:?}"),
            }
        } else {
            // They are not made to press what cannot count.
            match world.app.run(&world.confirm(&browser)).await.unwrap() {
                Confirmed::Unsuitable(dropped) => dropped,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(dropped.decision.rules[0].id, "stays");
        assert_eq!(dropped.shortcomings, [Shortcoming::Copyable].into());
        assert_eq!(open_pass(&world, &browser).await, None, "it was made under the policy before");
        let entries = world.app.store().entries(browser.enrollment.into()).await.unwrap();
        let logged = entries.iter().map(|entry| String::from_utf8_lossy(&entry.open));
        let logged: Vec<_> = logged.filter(|open| open.contains("credential_dropped")).collect();
        assert!(logged.len() == 1 && logged[0].contains("stays"), "{logged:?}");
        let shown = world.app.progress(browser.enrollment, browser.attempt, browser.key).await;
        assert_eq!(shown.unwrap().unwrap().stage, ProgressStage::Ready);

        // Whoever still has the answer to the press binds nothing with it.
        if !is_pressed {
            let bind = world.binding(&browser, &second, &mut synced);
            let refused = world.app.run(&bind).await.map(drop);
            assert!(matches!(refused, Err(Fault::Refused(_))), "{refused:?}");
        }
        let new = world.enroll(&browser, SoftAuthenticator::new(900 + world.number())).await;
        assert_eq!(world.person(new.id).await.authenticators.len(), 1);
        // Its device drops what was refused when somebody tries to sign in with it.
        let refused = world.sign_in(&mut Member { key: synced, ..new }).await;
        let nobodys = matches!(&refused, Err(Fault::Refused(SignInFault::Nobodys(_))));
        assert!(nobodys, "{refused:?}");
    }
}

/// Another voucher is missing; whether the passkey will do then is asked when they are there.
async fn a_passkey_is_kept_while_more_is_asked_of_its_holder<S: Whole>(world: Arc<World<S>>) {
    let (browser, mut admin, _) = matched(&world).await;
    let mut key = SoftAuthenticator::new(900);
    world.register(&browser, &mut key).await;
    activate(&world, two_vouchers()).await;
    assert!(matches!(world.app.run(&world.confirm(&browser)).await.unwrap(), Confirmed::Missing));
    world.match_by(&mut admin, &browser).await;
    world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let second = world.second_press(&browser).await;
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Bound(_)));
}

/// The digits that a browser shows.
pub async fn code_of<S: Whole>(world: &World<S>, browser: &Browser) -> Option<MatchCode> {
    let shown = world.app.progress(browser.enrollment, browser.attempt, browser.key).await;
    shown.unwrap().unwrap().code.map(|shown| shown.code)
}

async fn where_no_step_helps_no_digits_are_shown<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    let joiner = world.import(Some(admin.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    assert!(code_of(&world, &browser).await.is_some());
    let closed = r#"
        @id("closed") @reason("A test.")
        forbid (principal, action in [Action::"mint", Action::"bind"], resource);
    "#;
    activate(&world, format!("{DEFAULT}{closed}")).await;
    assert_eq!(code_of(&world, &browser).await, None);
    activate(&world, DEFAULT.to_owned()).await;
    assert!(code_of(&world, &browser).await.is_some());
}

/// An administrator's browser that the terminal has met.
async fn administrator<S: Whole>(world: &World<S>) -> Browser {
    let mut row = world.row(None);
    row.invite = false;
    let person = world.import_row(row).await;
    let link = world.app.run(&Setup { host: HOST_USER.into(), person }).await.unwrap();
    let secret = link.expose().split_once("#setup=").unwrap().1.to_owned();
    let browser = world.begin(link.enrollment, Some(SetupLinkSecret(secret))).await;
    let typed = world.shown_code(&browser).await;
    let vouch = TerminalVouch { host: HOST_USER.into(), enrollment: link.enrollment, typed };
    assert_eq!(world.app.run(&vouch).await.unwrap(), None);
    browser
}

async fn a_refused_model_leaves_the_pass_for_another_try<S: Whole>(world: Arc<World<S>>) {
    let browser = administrator(&world).await;
    let mut synced = SoftAuthenticator::synced(900);
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let register = world.registration(&browser, &first, &mut synced);
    let Registered::Unsuitable { decision, .. } = world.app.run(&register).await.unwrap() else {
        panic!("administrators need a key that stays on its device")
    };
    assert!(!decision.is_permitted());
    let pass = open_pass(&world, &browser).await;
    assert!(pass.is_some(), "the pass is still there");

    // Nothing of the refused passkey was kept, and another one may be made with the same pass.
    let mut bound = SoftAuthenticator::new(901);
    world.register(&browser, &mut bound).await;
    assert_eq!(open_pass(&world, &browser).await, pass);
    let second = world.second_press(&browser).await;
    let bind = world.binding(&browser, &second, &mut bound);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Bound(_)));
}

pub async fn open_pass<S: Whole>(
    world: &World<S>,
    browser: &Browser,
) -> Option<firstkey_domain::enrollment::Pass> {
    let now = world.app.now();
    let enrollment = world.enrollment(browser.enrollment).await;
    enrollment.running(now).unwrap().attempt(browser.attempt, now).unwrap().open_pass(now)
}

async fn five_rejected_answers_close_the_attempt<S: Whole>(world: Arc<World<S>>) {
    let (browser, _, mut sponsor) = matched(&world).await;
    let mut key = SoftAuthenticator::new(900);
    for rejected in 1..=5 {
        let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
        key.sabotage = Some(Sabotage::Origin("https://join.example.com".into()));
        let lie = world.registration(&browser, &first, &mut key);
        assert!(matches!(world.app.run(&lie).await.unwrap(), Registered::Rejected(_)));
        if rejected == 2 {
            // A cancelled press never reaches the server, and counts for nothing.
            world.app.run(&world.ask_pass(&browser)).await.unwrap();
        }
    }
    let shown = world.app.progress(browser.enrollment, browser.attempt, browser.key).await.unwrap();
    let ended =
        ProgressStage::Ended { attempt: Some(AttemptEnd::FailedCeremonies), enrollment: None };
    assert_eq!(shown.unwrap().stage, ended);
    let refused = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(AskPassFault::Unknown))));

    // The invitation begins anew, and the sponsor meets them again: proofing moves to no other key.
    let again = world.begin(browser.enrollment, None).await;
    let missing = world.app.run(&world.ask_pass(&again)).await.map(drop);
    assert!(matches!(missing, Err(Fault::Refused(AskPassFault::Missing(_)))));
    world.match_by(&mut sponsor, &again).await;
    world.enroll(&again, SoftAuthenticator::new(901)).await;
}

/// The state that is sealed names the text by its digest; the text itself stands in the log.
#[tokio::test]
async fn rule_17_a_policy_whose_text_was_edited_decides_nothing() {
    let permissive = r#"@id("all") @reason("Everything.") permit (principal, action, resource);"#;
    let open = serde_json::to_vec(permissive).unwrap();
    for edited in [Some(open), Some(b"\"permit\"".to_vec()), Some(b"{".to_vec()), None] {
        let world = World::on_disk().await;
        let admin = world.admin().await;
        assert!(world.app.may(admin.id, None, Operation::ViewPeople).await.unwrap());
        let path = world.path();
        let sql = rusqlite::Connection::open(path).unwrap();
        let edit = "UPDATE entries SET confidential = ?1 WHERE stream_kind = 'policy'";
        assert_eq!(sql.execute(edit, [&edited]).unwrap(), 1);
        drop(sql);

        let world = world.restarted().await;
        let asked = world.app.may(admin.id, None, Operation::ViewPeople).await;
        let named = StreamId::POLICY.to_string();
        assert!(matches!(&asked, Err(Fault::Corrupt(what)) if *what == named), "{asked:?}");
    }
}
