//! The console in a real browser, at the width of a small phone, with a passkey to press.

use firstkey_ports::{
    Commit, Figure, Holding, Measure, Part, PartKind, Step, Store, Tally, Took, Week,
};
use firstkey_testkit::browser::{AuthenticatorKind, ColorScheme, Page, Viewport};
use jiff::SignedDuration;

use crate::in_a_browser::{PATIENCE, SMALL, Stage, is_for_everybody};

/// Ana comes to a passkey as the administrator, and stands before the sign-in page.
pub(crate) async fn administrator(stage: &Stage) -> Page {
    let profile = stage.browser.profile().await.unwrap();
    let (locator, secret) = stage.world.setup_link(stage.world.ana).await;
    let page = profile.open("about:blank").await.unwrap();
    page.set_viewport(SMALL).await.unwrap();
    page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    page.goto(&format!("{}/i/{locator}#setup={secret}", stage.origin)).await.unwrap();
    page.click("text=Begin").await.unwrap();
    let digits = stage.digits(&page).await;
    stage.world.vouch(stage.world.ana, &digits).await;
    page.click("text=Make my passkey").await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
    page
}

fn console(stage: &Stage) -> &str {
    &stage.world.app.site().console_origin
}

/// The sign-in page comes first; its offer beside the field is taken at once, for a virtual
/// authenticator is always asked to go ahead.
async fn sign_in(stage: &Stage, page: &Page, wish: &str) {
    page.goto(&format!("{}{wish}", console(stage))).await.unwrap();
    page.wait_for_url(&format!("{}{wish}", console(stage))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sponsor_confirms_a_joiner_on_a_small_phone() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    sign_in(&stage, &ana, "/waiting").await;
    ana.wait_for_text("Has not begun").await.unwrap();
    is_for_everybody(&ana, "console-waiting").await;

    let profile = stage.browser.profile().await.unwrap();
    let ben = stage.open(&profile).await;
    ben.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    ben.reload().await.unwrap();
    ben.click("text=Begin").await.unwrap();
    let digits = stage.digits(&ben).await;

    // The list notices by itself.
    ana.wait_for_text("Waits for you to meet them").await.unwrap();
    ana.click("text=Ben Ferreira").await.unwrap();
    ana.wait_for_text("Did somebody ring you with this code?").await.unwrap();
    is_for_everybody(&ana, "console-voucher").await;

    for line in ["started_by_me", "known_channel", "recognised"] {
        ana.click(&format!("[name={line}]")).await.unwrap();
    }
    ana.fill("#code", "000000").await.unwrap();
    ana.click("text=Confirm with my passkey").await.unwrap();
    ana.wait_for_text("That is not the code on their screen").await.unwrap();
    ana.wait_for_text("Tries left: 2").await.unwrap();
    is_for_everybody(&ana, "console-wrong-code").await;
    ana.fill("#code", &digits).await.unwrap();
    ana.click("text=Confirm with my passkey").await.unwrap();
    ana.wait_for_text("Nothing is left for you to do").await.unwrap();
    is_for_everybody(&ana, "console-vouched").await;
    ben.wait_for_text("Now make your passkey").await.unwrap();
    ana.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_no_passkey_is_told_what_to_do() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = profile.open(&format!("{}/people", console(&stage))).await.unwrap();
    page.set_viewport(SMALL).await.unwrap();
    page.wait_for_text("Use your passkey").await.unwrap();
    page.click("text=I cannot sign in").await.unwrap();
    page.wait_for_text("Nobody can send you a code").await.unwrap();
    is_for_everybody(&page, "console-sign-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_console_is_for_everybody() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    sign_in(&stage, &ana, "/me").await;
    is_for_everybody(&ana, "console-me").await;

    ana.click("text=Add a passkey").await.unwrap();
    ana.wait_for("svg.qr", PATIENCE).await.unwrap();
    is_for_everybody(&ana, "console-adding").await;

    let ben = stage.world.ben;
    let enrollment = stage.world.enrollment(ben).await;
    for (name, path) in [
        ("start", "/".to_owned()),
        ("people", "/people".to_owned()),
        ("person", format!("/people/{ben}")),
        ("new-joiner", "/people/new".to_owned()),
        ("enrollments", "/enrollments?stage=all".to_owned()),
        ("enrollment", format!("/enrollments/{enrollment}")),
        ("nobody-waiting", format!("/waiting/{enrollment}")),
        ("overview", "/overview".to_owned()),
        ("open", "/open".to_owned()),
        ("outbox", "/outbox".to_owned()),
        ("machine-keys", "/machine-keys".to_owned()),
    ] {
        ana.goto(&format!("{}{path}", console(&stage))).await.unwrap();
        is_for_everybody(&ana, &format!("console-{name}")).await;
    }
    ana.assert_no_complaints().await;
}

/// How wide a desk's screen is.
const DESK: Viewport = Viewport { width: 1280, height: 900, density: 1.0, mobile: false };

/// An organisation of some size, as figures show it.
async fn grown(stage: &Stage) {
    let now = Week::of(stage.world.app.now());
    let mut figures = Vec::new();
    let everybody = Part::everybody();
    for (back, joined) in [41, 38, 52, 47, 60, 33, 18, 44, 71, 66, 58, 49].into_iter().enumerate() {
        let week = now.back(u8::try_from(back).unwrap());
        let late = i64::try_from(back).unwrap();
        let shares = [100, 98, 82 + late, 74 + late * 2, 70 + late * 2, 30 + late * 4];
        for (step, share) in Step::ALL.into_iter().zip(shares) {
            let measure = Measure::Reached(step);
            let count = joined * share.min(99) / 100;
            let count = if step == Step::Joined { joined } else { count };
            figures.push((Figure::Weekly { of: everybody.clone(), week, measure }, count));
        }
    }
    let week = now;
    for (hours, count) in
        [(3, 9), (9, 14), (30, 51), (50, 88), (80, 120), (140, 74), (200, 22), (400, 6)]
    {
        let measure = Measure::JoiningToPasskey(Took::of(SignedDuration::from_hours(hours)));
        figures.push((Figure::Weekly { of: everybody.clone(), week, measure }, count));
    }
    for (seconds, count) in
        [(45, 12), (90, 96), (150, 140), (200, 71), (400, 30), (700, 11), (1900, 4)]
    {
        let measure = Measure::BeginToPasskey(Took::of(SignedDuration::from_secs(seconds)));
        figures.push((Figure::Weekly { of: everybody.clone(), week, measure }, count));
    }
    for (kind, name, numbers) in [
        (PartKind::Site, "Madrid", [612, 580, 401]),
        (PartKind::Site, "Berlin", [344, 301, 190]),
        (PartKind::Site, "São Paulo", [121, 64, 12]),
        (PartKind::Ring, "1", [90, 90, 88]),
        (PartKind::Ring, "2", [410, 377, 240]),
        (PartKind::Department, "Payments", [240, 221, 160]),
        (PartKind::Department, "Customer service and returns", [198, 120, 31]),
    ] {
        for (holding, count) in [Holding::Any, Holding::One, Holding::Two].into_iter().zip(numbers)
        {
            figures.push((Figure::Now { of: Part::new(kind, name), holding }, count));
        }
    }
    let tallies = vec![
        (Tally::People, 1075),
        (Tally::Enrolled, 943),
        (Tally::SecondAuthenticator, 602),
        (Tally::OpenEnrollments, 131),
        (Tally::AtInvited, 104),
        (Tally::AtBegun, 17),
        (Tally::AtContested, 1),
        (Tally::AtUninvited, 3),
        (Tally::AtProofed, 4),
        (Tally::AtVerified, 2),
    ];
    stage.world.store.commit(Commit { figures, tallies, ..Commit::default() }).await.unwrap();
}

/// The overview of an organisation of some size, on a phone and at a desk, in the light and in the dark.
#[tokio::test(flavor = "multi_thread")]
async fn the_overview_is_for_everybody_and_keeps_up_by_itself() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    grown(&stage).await;
    sign_in(&stage, &ana, "/overview").await;
    is_for_everybody(&ana, "console-overview-grown").await;
    ana.set_viewport(DESK).await.unwrap();
    for scheme in [ColorScheme::Light, ColorScheme::Dark] {
        ana.set_color_scheme(scheme).await.unwrap();
        let violations = ana.accessibility_violations().await.unwrap();
        let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "{scheme:?}: {}", told.join("\n"));
        if let Some(folder) = std::env::var_os("FIRSTKEY_SHOTS") {
            let shot =
                std::path::Path::new(&folder).join(format!("console-overview-desk-{scheme:?}.png"));
            ana.screenshot(&shot, DESK).await.unwrap();
        }
    }
    // What opens a table is reached and pressed by the keyboard alone, and stays open under what moves.
    ana.eval::<Option<bool>>("document.querySelector('#part-weeks summary').focus()")
        .await
        .unwrap();
    ana.press("Enter").await.unwrap();
    ana.wait_until("document.querySelector('#part-weeks details').open").await.unwrap();

    let marked = "document.body.dataset.seen = 'yes'";
    ana.eval::<String>(marked).await.unwrap();
    let invited = "document.querySelector('#part-stages tbody tr:nth-child(2) strong').textContent";
    assert_eq!(ana.eval::<String>(invited).await.unwrap(), "105");
    stage.world.join("N", "Nora", Some(stage.world.ana)).await;
    ana.wait_until(&format!("{invited} === '106'")).await.unwrap();
    // The page itself was not loaded again, and what was opened is open.
    assert_eq!(ana.eval::<String>("document.body.dataset.seen").await.unwrap(), "yes");
    assert!(ana.eval::<bool>("document.querySelector('#part-weeks details').open").await.unwrap());
    ana.assert_no_complaints().await;
}

/// Her own, which is the only one that these pages hold: it is gone with the press.
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_stopped_with_a_press() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    sign_in(&stage, &ana, &format!("/people/{}", stage.world.ana)).await;
    ana.click("text=Stop this passkey").await.unwrap();
    is_for_everybody(&ana, "console-person-stop").await;
    ana.click("text=Stop it with my passkey").await.unwrap();
    ana.wait_for_text("Sign in").await.unwrap();
    ana.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_joiner_is_looked_over_and_added_with_a_press() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    sign_in(&stage, &ana, "/people/new").await;
    for (field, text) in [
        ("given_name", "Dora"),
        ("family_name", "O'Neil"),
        ("personal_email", "dora@example.net"),
        ("start_date", "2026-02-02"),
        ("time_zone", "Europe/Lisbon"),
        ("external_id", "D-1"),
        ("worker_type", "employee"),
        ("reason", "TICKET-7"),
    ] {
        ana.fill(&format!("#{field}"), text).await.unwrap();
    }
    ana.click("text=Look it over").await.unwrap();
    ana.wait_for_text("You sign for what stands here").await.unwrap();
    is_for_everybody(&ana, "console-review-joiner").await;
    ana.click("text=Change something").await.unwrap();
    ana.wait_for("#given_name", PATIENCE).await.unwrap();
    ana.click("text=Look it over").await.unwrap();
    ana.click("text=Add them with my passkey").await.unwrap();
    ana.wait_for_text("opened the first enrollment for Dora O'Neil").await.unwrap();
    ana.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_corrected_with_a_press_on_a_small_phone() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    let page = format!("/people/{}", stage.world.ben);
    sign_in(&stage, &ana, &page).await;
    ana.click("text=Correct this record").await.unwrap();
    ana.wait_for_text("Put right what HR got wrong").await.unwrap();
    is_for_everybody(&ana, "console-correct").await;
    ana.fill("#personal_email", "benedict@example.net").await.unwrap();
    ana.fill("#reason", "TICKET-9").await.unwrap();
    ana.click("text=Look it over").await.unwrap();
    ana.wait_for_text("You sign for what stands here").await.unwrap();
    is_for_everybody(&ana, "console-correct-review").await;
    ana.click("text=Correct it with my passkey").await.unwrap();
    ana.wait_for_text("Corrected, and told to whom it concerns").await.unwrap();
    ana.wait_for_text("TICKET-9").await.unwrap();
    is_for_everybody(&ana, "console-corrected").await;
    ana.assert_no_complaints().await;
}
