//! The disk is full: what cannot be written is refused in plain words, what was written is there, and
//! everything goes on when there is space again.

use std::fs;

use super::{
    desk::{Desk, SPONSOR},
    joiner::Joiner,
    place::Place,
};

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    let addresses = place.import(SPONSOR, 0, 30);
    let locators: Vec<String> =
        addresses.iter().map(|address| place.post.locator(address)).collect();
    let mut first = Joiner::new(locators[0].clone(), 100);
    first.enroll(&place, &desk);
    up.stop();

    // As much as the database has, and a little more.
    let used = fs::metadata(place.data().join("firstkey.db")).unwrap().len();
    let up = place.up_with_little_space(used / 1024 + 128);
    let mut begun = Vec::new();
    let mut refused = None;
    for (seed, locator) in (200..).zip(&locators[1..]) {
        let mut joiner = Joiner::new(locator.clone(), seed);
        let answer = joiner.try_begin(&place, None).unwrap();
        if answer.status == 201 {
            begun.push(joiner);
        } else {
            refused = Some((answer, joiner));
            break;
        }
    }
    let (answer, mut refused) = refused.expect("the disk was never full");
    assert!(!begun.is_empty(), "it was full from the start");
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.problem(), "unavailable");
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert!(answer.header("retry-after").is_some());
    assert!(place.answers(), "the server goes on");
    assert_eq!(first.stage(&place), "bound", "and reads");
    // Nobody is told that something happened which did not.
    assert_eq!(refused.try_begin(&place, None).unwrap().status, 503);
    up.kill();

    let up = place.up();
    place.say(&["log", "check"]);
    assert_eq!(first.stage(&place), "bound");
    for mut joiner in begun {
        // Begin again with the same key finds what was begun before.
        assert_eq!(joiner.try_begin(&place, None).unwrap().status, 200);
    }
    refused.enroll(&place, &desk);
    assert_eq!(refused.stage(&place), "bound");
    up.kill();
    place.say(&["log", "check"]);
}
