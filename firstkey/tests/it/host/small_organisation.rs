//! The quick start (`docs/quick-start.md`), from an empty folder to the first colleague's passkey: HTTPS with
//! a certificate of one's own authority, letters, the policy for a small organisation, two administrators.

use super::{
    desk::{Desk, SPONSOR},
    joiner::Joiner,
    place::Place,
};

#[test]
fn two_administrators_let_the_first_colleague_in() {
    let place = Place::with_tls();
    assert!(place.say(&["config", "check"]).contains("Certificate:"));
    let up = place.up();
    place.say(&["policy", "activate", "--pack", "small-organisation"]);
    let shown = place.say(&["policy", "show", "small-organisation"]);
    assert!(shown.contains("first-by-two-administrators"), "{shown}");
    let first = Desk::set_up(&place);
    let second = Desk::set_up_for(&place, "second@mail.example", 2);

    let addresses = place.import(SPONSOR, 1, 1);
    let mut colleague = Joiner::new(place.post.locator(&addresses[0]), 7);
    let digits = colleague.begin(&place, None);
    first.vouch(&place, colleague.enrollment(), &digits);
    assert_eq!(colleague.stage(&place), "waiting", "one is not enough");
    second.vouch(&place, colleague.enrollment(), &digits);
    colleague.make(&place);
    assert_eq!(colleague.stage(&place), "bound");

    let receipt = place.path().join("receipt.json");
    std::fs::write(&receipt, colleague.receipt(&place)).unwrap();
    let said = place.say(&["verify", receipt.to_str().unwrap(), "--key", "data/log.pub"]);
    let vouched = said.matches("matched the code on the applicant's screen").count();
    assert_eq!(vouched, 2, "{said}");
    up.stop();
    place.say(&["log", "check"]);
}
