//! What else happens at the door: scanners, second browsers, wrong codes, refusals.

use firstkey_testkit::browser::Page;

use super::{
    everybody::is_for_everybody,
    people::{ANA, LUCJA, MEHMET, SOON, TOMAS, begin, digits, fill_approval, make_passkey, wrong},
    stage::Stage,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opened_a_hundred_times_changes_nothing_and_its_browser_goes_on() {
    let stage = Stage::new().await;
    let ana = stage.administrator().await;
    let link = stage.invitation(TOMAS).await;

    // A mail filter opens the link again and again, with a browser and without scripts.
    let scanner = stage.with_a_phone().await;
    scanner.page.goto(&link).await.unwrap();
    let opened: Vec<u16> = scanner
        .page
        .eval(
            "Promise.all(Array.from({ length: 100 }, () => fetch(location.href)
                .then(({ status }) => status)))",
        )
        .await
        .unwrap();
    assert_eq!(opened, [200; 100]);
    stage.go_to_waiting(&ana.page, TOMAS).await;
    ana.page.wait_for_text("Nobody is waiting yet").await.unwrap();
    is_for_everybody(&ana.page, "nobody waits").await;

    // The joiner begins, closes the tab, and comes back in the same browser.
    let tomas = stage.with_a_phone().await;
    let shown = begin(&tomas.page, &link).await;
    tomas.page.assert_no_complaints().await;
    tomas.page.close().await.unwrap();
    let again = tomas.profile.open(&link).await.unwrap();
    assert_eq!(digits(&again).await, shown);

    // Another browser has nothing to go on with: it is asked to begin.
    scanner.page.reload().await.unwrap();
    scanner.page.wait_for("text=Begin", SOON).await.unwrap();
    assert!(!scanner.page.shows("[data-code]").await.unwrap());

    scanner.page.assert_no_complaints().await;
    ana.page.assert_no_complaints().await;
    again.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_browsers_stop_each_other_and_after_a_new_invitation_one_wins() {
    let stage = Stage::new().await;
    let ana = stage.administrator().await;
    let link = stage.invitation(TOMAS).await;
    let (tomas, thief) = (stage.with_a_phone().await, stage.with_a_phone().await);
    let shown = begin(&tomas.page, &link).await;
    thief.page.goto(&link).await.unwrap();
    thief.page.click("text=Begin").await.unwrap();

    // Both are told on their pages, the joiner and the sponsor by letter, and nobody can vouch.
    for page in [&tomas.page, &thief.page] {
        page.wait_for_text("Two browsers have opened your invitation").await.unwrap();
    }
    is_for_everybody(&tomas.page, "two browsers").await;
    stage.link_to(TOMAS.mailbox, "A second browser has begun with your link").await;
    stage.link_to(ANA, "Two browsers have begun as Tomás Lindqvist").await;
    stage.go_to_waiting(&ana.page, TOMAS).await;
    ana.page.wait_for_text("More than one browser has begun").await.unwrap();
    is_for_everybody(&ana.page, "two browsers, seen by the sponsor").await;
    assert!(!ana.page.shows("#code").await.unwrap(), "no code can be typed: {shown}");

    // Sending the invitation again closes both.
    ana.page.click("text=Send the invitation again").await.unwrap();
    ana.page.wait_for_text("The invitation goes out again").await.unwrap();
    for page in [&tomas.page, &thief.page] {
        page.wait_for_text("A new invitation was sent").await.unwrap();
    }
    is_for_everybody(&tomas.page, "invited again").await;
    let newer = stage.letters_to(TOMAS.mailbox, "Ana Duarte is expecting you", 2).await;
    assert_ne!(newer, link);
    thief.page.goto(&link).await.unwrap();
    thief.page.wait_for_text("This link is not active any more").await.unwrap();

    // Whoever has the new one wins.
    let shown = begin(&tomas.page, &newer).await;
    stage.vouch(&ana.page, TOMAS, &shown).await;
    make_passkey(&tomas.page).await;
    thief.page.goto(&newer).await.unwrap();
    thief.page.wait_for_text("This link is not active any more").await.unwrap();
    is_for_everybody(&thief.page, "an inactive link").await;

    no_complaints([&tomas.page, &thief.page, &ana.page]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_device_goes_on_before_anybody_has_vouched() {
    let stage = Stage::new().await;
    let ana = stage.administrator().await;
    let (laptop, phone) = (stage.at_a_desk().await, stage.with_a_phone().await);
    begin(&laptop.page, &stage.invitation(TOMAS).await).await;
    laptop.page.click("text=Continue on another device").await.unwrap();
    laptop.page.wait_for("svg.qr", SOON).await.unwrap();
    is_for_everybody(&laptop.page, "moving").await;
    let link: String =
        laptop.page.eval("document.querySelector('[data-link]').value").await.unwrap();

    let shown = begin(&phone.page, &link).await;
    laptop.page.wait_for_text("You went on with another device").await.unwrap();
    is_for_everybody(&laptop.page, "moved").await;

    // The sponsor sees one browser, and nobody is warned of two.
    stage.vouch(&ana.page, TOMAS, &shown).await;
    phone.page.wait_for("text=Make my passkey", SOON).await.unwrap();
    assert!(!phone.page.shows("text=Continue on another device").await.unwrap());
    make_passkey(&phone.page).await;

    no_complaints([&laptop.page, &phone.page, &ana.page]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_wrong_codes_close_everything_and_a_refusal_blames_nobody() {
    let stage = Stage::new().await;
    let ana = stage.administrator().await;

    // Łucja's digits are typed wrongly three times.
    let lucja = stage.with_a_phone().await;
    let shown = begin(&lucja.page, &stage.invitation(LUCJA).await).await;
    stage.go_to_waiting(&ana.page, LUCJA).await;
    fill_approval(&ana.page, &wrong(&shown)).await;
    for told in ["That is not the code on their screen", "That is not the code on their screen"] {
        ana.page.click("text=Confirm with my passkey").await.unwrap();
        ana.page.wait_for_text(told).await.unwrap();
        ana.page.wait_until("!document.querySelector('[aria-busy]')").await.unwrap();
        is_for_everybody(&ana.page, "a wrong code").await;
    }
    ana.page.click("text=Confirm with my passkey").await.unwrap();
    ana.page.wait_for_text("Three codes were wrong").await.unwrap();
    is_for_everybody(&ana.page, "three wrong codes").await;
    lucja.page.wait_for_text("The wrong digits were typed three times").await.unwrap();
    is_for_everybody(&lucja.page, "three wrong codes, seen by the joiner").await;
    stage.link_to(LUCJA.mailbox, "Please begin again").await;

    // Nothing is lost: she begins again.
    lucja.page.click("text=Begin again").await.unwrap();
    lucja.page.click("text=Begin").await.unwrap();
    let shown = digits(&lucja.page).await;
    stage.vouch(&ana.page, LUCJA, &shown).await;
    make_passkey(&lucja.page).await;

    // Somebody who is not Mehmet has his link.
    let stranger = stage.with_a_phone().await;
    begin(&stranger.page, &stage.invitation(MEHMET).await).await;
    stage.go_to_waiting(&ana.page, MEHMET).await;
    ana.page.click("text=This is not the person").await.unwrap();
    ana.page.wait_for_text("Nobody is to blame").await.unwrap();
    is_for_everybody(&ana.page, "refusing").await;
    ana.page.click("text=Refuse").await.unwrap();
    ana.page.wait_for_text("Refused.").await.unwrap();
    is_for_everybody(&ana.page, "refused").await;
    stranger.page.wait_for_text("was not sure that this was you").await.unwrap();
    is_for_everybody(&stranger.page, "refused, seen by the joiner").await;

    no_complaints([&lucja.page, &stranger.page, &ana.page]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_an_operator_is_signed_in_nobody_else_begins() {
    let stage = Stage::new().await;
    let ana = stage.administrator().await;
    ana.page.goto(&stage.invitation(TOMAS).await).await.unwrap();
    ana.page.click("text=Begin").await.unwrap();
    ana.page.wait_for_text("Somebody is signed in here").await.unwrap();
    ana.page
        .wait_for_text("open the link in a private window or on your own device")
        .await
        .unwrap();
    is_for_everybody(&ana.page, "an operator is signed in").await;
    stage.go_to_waiting(&ana.page, TOMAS).await;
    ana.page.wait_for_text("Nobody is waiting yet").await.unwrap();

    // A private window is another browser.
    let private = stage.at_a_desk().await;
    begin(&private.page, &stage.invitation(TOMAS).await).await;
    no_complaints([&ana.page, &private.page]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_did_not_expect_the_invitation_can_say_so() {
    let stage = Stage::new().await;
    let reader = stage.with_a_phone().await;
    reader.page.goto(&stage.invitation(TOMAS).await).await.unwrap();
    reader.page.click("text=I did not expect this").await.unwrap();
    is_for_everybody(&reader.page, "not expected").await;
    reader.page.click("text=Tell them").await.unwrap();
    reader.page.wait_for_text("They know now").await.unwrap();
    is_for_everybody(&reader.page, "told").await;
    stage.link_to(ANA, "Tomás Lindqvist did not expect the invitation").await;
    reader.page.assert_no_complaints().await;
}

async fn no_complaints<const N: usize>(pages: [&Page; N]) {
    for page in pages {
        page.assert_no_complaints().await;
    }
}
