//! The joiner's path without a pointer.

use firstkey_testkit::browser::Page;

use super::{
    people::{SOON, TOMAS, digits},
    stage::Stage,
};

/// What has the focus, and whether one can see that it has.
const FOCUS: &str = "(() => {
    const focus = document.activeElement;
    const isSeen = focus.matches(':focus-visible') && getComputedStyle(focus).outlineStyle !== 'none';
    return [(focus.innerText || focus.value || '').trim(), isSeen];
})()";

/// More than any page has that takes the focus.
const ENOUGH: usize = 20;

/// Goes on with Tab, from wherever the focus is, until it is on what reads so; then presses Enter.
async fn press_by_keyboard(page: &Page, label: &str) {
    page.wait_for(&format!("text={label}"), SOON).await.unwrap();
    let mut passed = Vec::new();
    for _ in 0..ENOUGH {
        page.press("Tab").await.unwrap();
        let (text, is_seen): (String, bool) = page.eval(FOCUS).await.unwrap();
        if text == label {
            assert!(is_seen, "the focus on {label} cannot be seen");
            page.press("Enter").await.unwrap();
            return;
        }
        passed.push(text);
    }
    panic!("Tab does not reach {label}, only {passed:?}");
}

/// What a screen reader would go on with: the heading that took the focus.
async fn heading_in_focus(page: &Page, heading: &str) {
    page.wait_for_text(heading).await.unwrap();
    let is_there = format!(
        "document.activeElement.matches('h1') && document.activeElement.innerText === '{heading}'"
    );
    page.wait_until(&is_there).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_joiner_without_a_pointer_comes_to_a_passkey() {
    let stage = Stage::new().await;
    let ana = stage.administrator().await;
    let joiner = stage.at_a_desk().await;
    let page = &joiner.page;
    page.goto(&stage.invitation(TOMAS).await).await.unwrap();
    press_by_keyboard(page, "Begin").await;
    heading_in_focus(page, "Show these digits to Ana").await;

    // There and back.
    press_by_keyboard(page, "Continue on another device").await;
    heading_in_focus(page, "Continue on another device").await;
    press_by_keyboard(page, "Stay on this device").await;
    heading_in_focus(page, "Show these digits to Ana").await;

    let shown = digits(page).await;
    stage.vouch(&ana.page, TOMAS, &shown).await;
    heading_in_focus(page, "Now make your passkey").await;
    press_by_keyboard(page, "Make my passkey").await;
    heading_in_focus(page, "Try it once").await;
    press_by_keyboard(page, "Use my passkey").await;
    heading_in_focus(page, "Welcome").await;
    press_by_keyboard(page, "Save the receipt").await;
    press_by_keyboard(page, "What can my employer see?").await;
    page.wait_for_text("Nothing is installed").await.unwrap();
    page.assert_no_complaints().await;
}
