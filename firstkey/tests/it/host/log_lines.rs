//! The server's log lines, over a whole life with some trouble in it: they tell operators what happened, and
//! nothing about anybody.

use std::{fs, net::TcpListener};

use serde_json::json;

use super::{
    desk::{Desk, SPONSOR},
    http::Call,
    joiner::Joiner,
    place::Place,
};

/// Where somebody's browser sits, as the proxy says.
const CLIENT: &str = "203.0.113.77";
/// Somebody's number.
const MOBILE: &str = "+34600111222";

/// Whatever a request's line may tell.
const OF_A_REQUEST: [&str; 6] = ["event", "origin", "method", "route", "status", "micros"];

#[test]
fn no_line_tells_anything_about_anybody() {
    let place = Place::new();
    let mut command = place.command();
    command.env("FIRSTKEY_SERVER__TRUSTED_PROXIES", "[\"127.0.0.1\"]");
    command.args(["up", "--listen", &place.address.to_string()]);
    let up = place.start(command);
    let desk = Desk::set_up(&place);
    // A file in which one row is good and one is not.
    let file = place.path().join("some.csv");
    let rows = format!(
        "external_id,given_name,personal_email,mobile,start_date,time_zone,worker_type\n\
         E8,Zora,zora@mail.example,{MOBILE},2026-01-05,UTC,employee\n\
         E9,Quentin,quentin.mail.example,{MOBILE}x,soon,UTC,employee\n"
    );
    fs::write(&file, rows).unwrap();
    assert!(!place.run(&["import", file.to_str().unwrap()]).status.success());
    place.run(&["import", "--skip-invalid", file.to_str().unwrap()]);
    let addresses = place.import(SPONSOR, 1, 1);
    let locator = place.post.locator(&addresses[0]);

    // What somebody asks for with names, addresses and locators in it.
    for path in [
        format!("/i/{locator}"),
        "/i/not-a-locator".to_owned(),
        format!("/elsewhere/{}?search=Lopes", addresses[0]),
    ] {
        let call = Call::get(&place.join(), &path).with("x-forwarded-for", CLIENT);
        call.send(&place).unwrap();
    }
    let person = desk.find(&place, "Lopes");
    desk.find(&place, &addresses[0]);

    let mut joiner = Joiner::new(locator.clone(), 7);
    let digits = joiner.begin(&place, None);
    // Out of turn, so refused; and a proof that is none.
    assert_ne!(joiner.ask_pass(&place).status, 200);
    let nonsense = json!({ "locator": locator, "clearance": "none" });
    let forged = Call::post(&place.join(), "/api/join/begin", &nonsense);
    assert_eq!(forged.with("firstkey-proof", "a.b.c").send(&place).unwrap().status, 401);
    desk.vouch(&place, joiner.enrollment(), &digits);
    joiner.make(&place);
    let pressed = desk.pressed(&place);
    let credential = pressed["credential"]["id"].as_str().unwrap().to_owned();
    let cookies = [desk.cookie(), {
        desk.sign_in_again(&place);
        desk.cookie()
    }];
    desk.leaves(&place, &person);
    up.stop();

    // A relay that is away.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = place.command();
    command.env("FIRSTKEY_MAIL__PORT", closed.to_string());
    command.args(["up", "--listen", &place.address.to_string()]);
    let up = place.start(command);
    place.import(SPONSOR, 2, 1);
    place.wait_until(|| place.said().contains("outbox.failed"));
    up.stop();

    let said = place.said();
    let secrets = [
        "Ana1",
        "Ana2",
        "Lopes",
        "Ada",
        "Admin",
        SPONSOR,
        &addresses[0],
        "@mail.example",
        "ana1.lopes",
        &locator,
        &credential,
        "Firstkey-Proof",
        "__Host-",
        "a.b.c",
        "elsewhere",
        "Zora",
        "Quentin",
        "quentin.mail",
        MOBILE,
        CLIENT,
        &cookies[0],
        &cookies[1],
    ];
    for line in said.lines() {
        for secret in secrets {
            assert!(!line.contains(secret), "{secret} in: {line}");
        }
        if let Some((_, request)) = line.split_once(" event=\"request\"") {
            for member in request.split(' ').filter_map(|each| each.split_once('=')) {
                assert!(OF_A_REQUEST.contains(&member.0), "{} in: {line}", member.0);
                // How long it took is a number like any other.
                assert!(member.0 == "micros" || !member.1.contains(&digits), "{line}");
            }
        } else {
            assert!(!line.contains(&digits), "the digits in: {line}");
        }
    }
    // The lines are those: what happened is told.
    for told in [
        "route=\"/i/{locator}\"",
        "route=\"unknown\"",
        "route=\"/people\"",
        "status=401",
        "event=\"outbox.failed\"",
    ] {
        assert!(said.contains(told), "{told} is missing in {said}");
    }
}
