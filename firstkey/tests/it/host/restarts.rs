//! Restarts while people ask: with a socket that outlives the server, nobody is turned away and every
//! answer that was begun is finished.

use std::{
    net::TcpListener,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use super::{
    desk::{Desk, SPONSOR},
    http::Call,
    joiner::Joiner,
    place::Place,
};

/// How often the server is restarted.
const RESTARTS: usize = 6;
/// Browsers that load pages all the time.
const READERS: usize = 3;

#[test]
fn a_restart_under_load_turns_nobody_away() {
    let place = Place::with_tls();
    let socket = TcpListener::bind(place.address).unwrap();
    let mut up = Some(place.up_on(&socket));
    let desk = Desk::set_up(&place);
    let addresses = place.import(SPONSOR, 0, 4);
    let locators: Vec<_> = addresses.iter().map(|address| place.post.locator(address)).collect();
    let (answers, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..READERS {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let answer = Call::get(&place.console(), "/sign-in").send(&place);
                    assert_eq!(answer.expect("everybody is answered").status, 200);
                    answers.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        // Meanwhile people enroll.
        let joining = scope.spawn(|| {
            for (seed, locator) in (10..).zip(locators) {
                let mut joiner = Joiner::new(locator, seed);
                joiner.enroll(&place, &desk);
                assert_eq!(joiner.stage(&place), "bound");
            }
        });
        let mut restarts = 0;
        while restarts < RESTARTS || !joining.is_finished() {
            let before = answers.load(Ordering::Relaxed);
            thread::sleep(Duration::from_millis(150));
            up.take().unwrap().stop();
            up = Some(place.up_on(&socket));
            place.wait_until(|| answers.load(Ordering::Relaxed) > before);
            restarts += 1;
        }
        is_over.store(true, Ordering::Relaxed);
    });
    up.unwrap().stop();
    place.say(&["log", "check"]);
}

#[test]
fn a_passed_socket_is_used_only_where_the_configuration_says() {
    // The right port, where other machines would reach plain HTTP.
    let open = TcpListener::bind("0.0.0.0:0").unwrap();
    let mut place = Place::new();
    place.address.set_port(open.local_addr().unwrap().port());
    // Another port than the configuration names.
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let refused = place.refused_on(&other);
    assert!(refused.contains("neither server.listen nor tls.redirect has this port"), "{refused}");
    let refused = place.refused_on(&open);
    assert!(refused.contains("can be reached by other machines"), "{refused}");
    assert!(!place.data().exists(), "nothing was made");
}
