//! One's own passkeys: a second one, a removed one, and the last one, which stays.

use super::{
    everybody::is_for_everybody,
    people::{SOON, TOMAS, begin, make_passkey},
    stage::Stage,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_passkey_is_added_from_the_first_and_the_last_one_stays() {
    let stage = Stage::new().await;
    let ana = stage.administrator().await;
    let tomas = stage.enroll(&ana.page, TOMAS).await;
    let phone = &tomas.page;
    stage.sign_in(phone).await;
    phone.goto(&format!("{}/me", stage.server.console)).await.unwrap();
    phone.wait_for_text("This is your only passkey").await.unwrap();
    assert!(!phone.shows("text=Remove").await.unwrap(), "the only one cannot be removed");

    // The new device begins with a link from the first one's page, and the first one signs.
    phone.click("text=Add a passkey").await.unwrap();
    phone.wait_for("svg.qr", SOON).await.unwrap();
    is_for_everybody(phone, "adding").await;
    let link: String = phone.eval("document.querySelector('#link').value").await.unwrap();
    let laptop = stage.at_a_desk().await;
    laptop.page.goto(&link).await.unwrap();
    laptop.page.wait_for("text=Begin", SOON).await.unwrap();
    is_for_everybody(&laptop.page, "the link for another passkey").await;
    let digits = begin(&laptop.page, &link).await;
    laptop.page.wait_for_text("Type these digits where you are signed in").await.unwrap();
    is_for_everybody(&laptop.page, "digits of another device").await;
    phone.wait_for("#code", SOON).await.unwrap();
    is_for_everybody(phone, "typing one's own digits").await;
    phone.click("input[name=recognised]").await.unwrap();
    phone.fill("#code", &digits).await.unwrap();
    phone.click("text=Sign with my passkey").await.unwrap();
    phone.wait_for_text("Go on at the other device").await.unwrap();
    is_for_everybody(phone, "signed for oneself").await;
    make_passkey(&laptop.page).await;
    phone.wait_for_text("The new passkey is added").await.unwrap();
    is_for_everybody(phone, "two passkeys").await;

    // It signs in, and from there its owner signs out everywhere.
    let mine = format!("{}/me", stage.server.console);
    stage.sign_in(&laptop.page).await;
    laptop.page.goto(&mine).await.unwrap();
    laptop.page.click("text=Sign out everywhere").await.unwrap();
    laptop.page.wait_for_url("/sign-in").await.unwrap();
    phone.goto(&mine).await.unwrap();
    phone.wait_for_url("/sign-in").await.unwrap();

    // Both sign in again, and the first one is removed, which needs a press.
    stage.sign_in(phone).await;
    stage.sign_in(&laptop.page).await;
    laptop.page.goto(&mine).await.unwrap();
    let synced = "[...document.querySelectorAll('.rows .row')].find((row) =>
        row.textContent.includes('Synced between devices')).querySelector('.aside a').href";
    let remove: String = laptop.page.eval(synced).await.unwrap();
    laptop.page.goto(&remove).await.unwrap();
    is_for_everybody(&laptop.page, "removing").await;
    laptop.page.click("text=Remove it").await.unwrap();
    laptop.page.wait_for_text("Removed.").await.unwrap();
    laptop.page.wait_for_text("This is your only passkey").await.unwrap();
    stage.link_to(TOMAS.mailbox, "A passkey was removed").await;

    // Where it had signed in, nobody is signed in any more, and it opens nothing.
    phone.goto(&mine).await.unwrap();
    phone.wait_for_url("/sign-in").await.unwrap();

    // The last one stays, also for whoever knows the address.
    let bound = remove.replace(id_of(&remove), &only_id(&laptop.page).await);
    laptop.page.goto(&bound).await.unwrap();
    laptop.page.wait_for_text("This is your only passkey, so it stays").await.unwrap();
    is_for_everybody(&laptop.page, "the last one").await;

    phone.assert_no_complaints().await;
    laptop.page.assert_no_complaints().await;
}

fn id_of(remove: &str) -> &str {
    remove.rsplit('/').nth(1).unwrap()
}

async fn only_id(page: &firstkey_testkit::browser::Page) -> String {
    let action: String = page
        .eval("document.querySelector('form[action$=\"/name\"]').getAttribute('action')")
        .await
        .unwrap();
    id_of(&action).to_owned()
}
