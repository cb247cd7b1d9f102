//! One joiner's first two pages in every language, and pictures of them.

use firstkey_testkit::browser::Viewport;
use firstkey_texts::Texts;

use super::{
    everybody::{is_for_everybody, picture},
    people::{SOON, TOMAS, digits},
    stage::Stage,
};

/// A phone in pictures of which there are many.
const SMALL_PICTURE: Viewport = Viewport { density: 1.0, ..Viewport::PHONE };

#[tokio::test(flavor = "multi_thread")]
async fn the_invitation_and_the_digits_in_every_language() {
    let stage = Stage::new().await;
    let tomas = stage.with_a_phone().await;
    let phone = &tomas.page;
    let invitation = stage.invitation(TOMAS).await;

    for texts in Texts::all() {
        phone.goto(&format!("{invitation}?lang={}", texts.tag())).await.unwrap();
        let begin = format!("text={}", texts.get("join-begin"));
        phone.wait_for(&begin, SOON).await.unwrap();
        let name = format!("invitation-{}", texts.tag());
        is_for_everybody(phone, &name).await;
        picture(phone, &name, SMALL_PICTURE).await;
    }

    phone.goto(&invitation).await.unwrap();
    phone.click("text=Begin").await.unwrap();
    let shown = digits(phone).await;
    for texts in Texts::all() {
        // The browser that has begun goes on, whatever language it is shown.
        phone.goto(&format!("{invitation}?lang={}", texts.tag())).await.unwrap();
        phone.wait_for_text(&texts.get("join-match-beware-heading")).await.unwrap();
        assert_eq!(digits(phone).await, shown);
        let name = format!("digits-{}", texts.tag());
        is_for_everybody(phone, &name).await;
        picture(phone, &name, SMALL_PICTURE).await;
    }
    phone.assert_no_complaints().await;
}
