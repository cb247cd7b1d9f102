//! Every endpoint of the console, asked by everybody there is.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, header},
};
use firstkey_web::CONSOLE_ENDPOINTS;
use serde_json::{Value, json};

use crate::{
    console_door::address,
    world::{Answer, Browser, CONSOLE, Desk, JOIN, World},
};

/// What is sent.
enum Sent {
    Nothing,
    Form(&'static [(&'static str, &'static str)]),
    Script(fn(&Case) -> Value),
}
use Sent::{Form, Nothing, Script};

/// Who asks, in the order of the table's columns: nobody, the sponsor of the person concerned, another
/// employee, an officer, an administrator, an auditor.
const ROLES: [&str; 6] = ["nobody", "sponsor", "employee", "officer", "administrator", "auditor"];

/// Everybody has a joiner of their own to be concerned with, so that what one does changes nothing for
/// the next. For one role the rows are asked from top to bottom.
#[rustfmt::skip]
const TABLE: &[(&str, &str, Sent, [u16; 6])] = &[
    ("get", "/sign-in", Nothing, [200, 303, 303, 303, 303, 303]),
    ("post", "/sign-in/options", Script(empty), [200; 6]),
    ("post", "/sign-in", Script(press), [409; 6]),
    ("options", "/clearance", Nothing, [204; 6]),
    ("post", "/clearance", Script(clearance), [200, 409, 200, 409, 409, 409]),
    ("get", "/notice/{token}", Nothing, [404; 6]),
    ("post", "/notice/{token}", Form(&[]), [404; 6]),
    ("get", "/log/{*path}", Nothing, [200; 6]),

    ("get", "/", Nothing, [303, 200, 200, 200, 200, 200]),
    ("post", "/sign-out", Form(&[]), [401, 303, 303, 303, 303, 303]),
    ("post", "/sign-out-everywhere", Form(&[]), [401, 303, 303, 303, 303, 303]),
    ("get", "/me", Nothing, [303, 200, 200, 200, 200, 200]),
    ("get", "/models/{aaguid}/icon.png", Nothing, [303, 404, 404, 404, 404, 404]),
    ("get", "/me/adding", Nothing, [303; 6]),
    ("post", "/me/authenticators/{id}/name", Form(&[("name", "Key")]), [401, 303, 303, 303, 303, 303]),
    ("get", "/me/authenticators/{id}/remove", Nothing, [303, 200, 200, 200, 200, 200]),
    ("post", "/me/authenticators/{id}/remove/options", Script(empty), [401, 200, 200, 200, 200, 200]),
    ("post", "/me/authenticators/{id}/remove", Script(press), [401, 409, 409, 409, 409, 409]),
    ("post", "/me/authenticators", Form(&[]), [401, 303, 303, 303, 303, 303]),

    ("get", "/waiting", Nothing, [303, 200, 200, 200, 200, 200]),
    ("get", "/waiting/{enrollment}", Nothing, [303, 200, 404, 200, 200, 404]),
    ("post", "/waiting/{enrollment}/code", Script(wrong_code), [401, 409, 404, 409, 409, 404]),
    ("post", "/waiting/{enrollment}/approve", Script(press), [401, 409, 404, 409, 409, 404]),
    ("get", "/waiting/{enrollment}/handover", Nothing, [303, 200, 404, 200, 200, 404]),
    ("get", "/waiting/{enrollment}/handover/address", Nothing, [401, 200, 404, 200, 200, 404]),
    ("get", "/waiting/{enrollment}/refuse", Nothing, [303, 200, 404, 200, 200, 404]),
    ("post", "/waiting/{enrollment}/refuse", Form(&[]), [401, 303, 404, 303, 303, 404]),

    ("get", "/people", Nothing, [303, 404, 404, 200, 200, 200]),
    ("post", "/people", Form(&[]), [401, 404, 404, 404, 422, 404]),
    ("get", "/people/new", Nothing, [303, 404, 404, 404, 200, 404]),
    ("post", "/people/options", Script(empty), [401, 404, 404, 404, 409, 404]),
    // Who it is stands in the ticket, and only whoever was given one comes that far.
    ("post", "/people/add", Script(press), [401, 409, 409, 409, 409, 409]),
    ("get", "/people/{id}", Nothing, [303, 200, 404, 200, 200, 200]),
    ("get", "/people/{id}/record", Nothing, [303, 404, 404, 404, 200, 404]),
    ("post", "/people/{id}/record", Form(&[]), [401, 404, 404, 404, 422, 404]),
    ("post", "/people/{id}/record/options", Script(empty), [401, 404, 404, 404, 409, 404]),
    ("post", "/people/{id}/record/correct", Script(press), [401, 404, 404, 404, 409, 404]),
    ("post", "/people/{id}/enrollments", Form(&[("reason", "T-1")]), [401, 404, 404, 409, 409, 404]),
    ("post", "/people/{id}/roles/options", Script(role), [401, 404, 404, 404, 200, 404]),
    // Which role it is stands in the ticket, and only whoever was given one comes that far.
    ("post", "/people/{id}/roles", Script(press), [401, 409, 409, 409, 409, 409]),
    ("get", "/enrollments", Nothing, [303, 404, 404, 200, 200, 200]),
    ("get", "/enrollments/{id}", Nothing, [303, 200, 404, 200, 200, 200]),
    ("post", "/enrollments/{id}/reinvite", Form(&[]), [401, 404, 404, 303, 303, 404]),
    ("post", "/enrollments/{id}/withdraw", Form(&[]), [401, 303, 404, 303, 303, 404]),
    ("get", "/live", Nothing, [401, 404, 404, 200, 200, 200]),
    ("post", "/people/export", Form(&[]), [401, 404, 404, 404, 200, 200]),
    ("post", "/enrollments/export", Form(&[]), [401, 404, 404, 404, 200, 200]),
    ("get", "/overview", Nothing, [303, 404, 404, 200, 200, 200]),
    ("get", "/open", Nothing, [303, 404, 404, 200, 200, 200]),
    ("get", "/outbox", Nothing, [303, 404, 404, 404, 200, 200]),
    ("post", "/outbox/{id}/replay", Form(&[]), [401, 404, 404, 404, 303, 404]),
    // The joiner holds no passkey yet, and of one that is not theirs nothing is said.
    ("post", "/people/{id}/authenticators/stop/options", Script(stop), [401, 404, 404, 404, 404, 404]),
    // Which one it is stands in the ticket, and only whoever was given one comes that far.
    ("post", "/people/{id}/authenticators/stop", Script(press), [401, 409, 409, 409, 409, 409]),
    ("get", "/machine-keys", Nothing, [303, 404, 404, 404, 200, 200]),
    ("post", "/machine-keys/options", Script(machine_key), [401, 404, 404, 404, 200, 404]),
    // Which one it is stands in the ticket, and only whoever was given one comes that far.
    ("post", "/machine-keys", Script(press), [401, 409, 409, 409, 409, 409]),
    ("post", "/machine-keys/end/options", Script(no_key), [401, 404, 404, 404, 404, 404]),
    ("post", "/machine-keys/end", Script(press), [401, 409, 409, 409, 409, 409]),
    // Nothing that opens was prepared; who may see what was, is told where that is tested.
    ("get", "/acts/{act}", Nothing, [303, 404, 404, 404, 404, 404]),
    ("post", "/people/{id}/leave", Form(&[]), [401, 404, 404, 404, 303, 404]),
];

/// Somebody who asks, and the joiner whom it concerns.
struct Case {
    desk: Desk,
    joiner: String,
    enrollment: String,
    locator: String,
    digits: String,
    own_passkey: String,
    /// A passkey's answer to a question long gone.
    press: Value,
}

fn empty(_: &Case) -> Value {
    json!({})
}

fn press(case: &Case) -> Value {
    case.press.clone()
}

fn clearance(case: &Case) -> Value {
    json!({ "key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "locator": case.locator })
}

fn wrong_code(case: &Case) -> Value {
    let code = (case.digits.parse::<u32>().unwrap() + 1) % 1_000_000;
    let code = format!("{code:06}");
    json!({ "code": code, "started_by_me": true, "known_channel": true, "recognised": true, "acquaintance": "by_sight" })
}

fn stop(_: &Case) -> Value {
    json!({ "authenticator": "00000000-0000-0000-0000-000000000000" })
}

fn machine_key(_: &Case) -> Value {
    crate::world::Program::stranger().form(&["read"])
}

fn no_key(_: &Case) -> Value {
    json!({ "key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
}

fn role(_: &Case) -> Value {
    json!({ "role": "auditor", "held": "grant" })
}

impl Case {
    async fn of(world: &World, number: usize, desk: Desk, press: Value) -> Self {
        let name = format!("Joiner{number}");
        let joiner = world.join(&format!("J{number}"), &name, Some(world.ana)).await;
        let locator = world.locator(joiner).await;
        let attempt = Browser::new(900 + number as u64).begin(world, &locator).await;
        let own_passkey = match &desk.cookie {
            Some(_) => desk.passkeys(world).await.remove(0),
            None => uuid::Uuid::nil().to_string(),
        };
        Self {
            joiner: joiner.to_string(),
            enrollment: world.enrollment(joiner).await.to_string(),
            digits: attempt.digits().to_owned(),
            locator,
            own_passkey,
            press,
            desk,
        }
    }

    fn address(&self, path: &str) -> String {
        match path {
            "/log/{*path}" => return "/log/lifecycle/checkpoint".to_owned(),
            "/notice/{token}" => return "/notice/none".to_owned(),
            "/acts/{act}" => return "/acts/none".to_owned(),
            _ => {}
        }
        let id = if path.starts_with("/me/") {
            &self.own_passkey
        } else if path.starts_with("/people/") {
            &self.joiner
        } else {
            &self.enrollment
        };
        address(path, id)
    }

    async fn ask(&self, world: &World, method: &str, path: &str, sent: &Sent) -> Answer {
        let address = self.address(path);
        let method: Method = method.to_uppercase().parse().unwrap();
        let origin = if path == "/clearance" { JOIN } else { CONSOLE };
        match sent {
            Nothing => {
                let request = self.desk.request(&method, &address).header(header::ORIGIN, origin);
                world.send(request.body(Body::empty()).unwrap()).await
            }
            Form(fields) => self.desk.form(world, &address, fields).await,
            Script(body) => {
                let request = self
                    .desk
                    .request(&method, &address)
                    .header(header::ORIGIN, origin)
                    .header("firstkey-token", &self.desk.token)
                    .header(header::CONTENT_TYPE, "application/json");
                world.send(request.body(Body::from(body(self).to_string())).unwrap()).await
            }
        }
    }
}

/// The whole cast: Ana, who sponsors everybody's joiner, and one of each role.
async fn cast(world: &World) -> Vec<Case> {
    let mut ana = Desk::of(world, world.ana, 1).await;
    let ids = ["Eve", "Olga", "Ada", "Uli"];
    let mut people = Vec::new();
    for name in ids {
        people.push(world.join(name, name, None).await);
    }
    let asked = ana.script(world, "/sign-in/options", &json!({})).await;
    let mut press = ana.press(&asked);
    press["ticket"] = json!("none");
    let employee = Desk::of(world, people[0], 2).await;
    let officer = Desk::of(world, people[1], 3).await;
    let mut administrator = Desk::administrator(world, people[2], 4).await;
    let auditor = Desk::of(world, people[3], 5).await;
    administrator.grant(world, officer.person, "officer").await;
    administrator.grant(world, auditor.person, "auditor").await;
    let desks = [Desk::nobody(), ana, employee, officer, administrator, auditor];
    let mut cases = Vec::new();
    for (number, desk) in desks.into_iter().enumerate() {
        cases.push(Case::of(world, number, desk, press.clone()).await);
    }
    world.app.sequence_once().await.unwrap();
    cases
}

#[test]
fn the_table_has_a_row_for_every_endpoint() {
    let served: BTreeSet<_> = CONSOLE_ENDPOINTS.iter().copied().collect();
    let tabled: BTreeSet<_> = TABLE.iter().map(|(method, path, ..)| (*method, *path)).collect();
    assert_eq!(served, tabled);
    assert_eq!(TABLE.len(), CONSOLE_ENDPOINTS.len());
}

#[tokio::test]
async fn everybody_gets_what_policy_gives_them_and_nothing_else() {
    let world = World::new().await;
    let mut wrong = Vec::new();
    for (column, mut case) in cast(&world).await.into_iter().enumerate() {
        for (method, path, sent, expected) in TABLE {
            let answer = case.ask(&world, method, path, sent).await;
            if answer.status.as_u16() != expected[column] {
                let role = ROLES[column];
                wrong.push(format!("{role}: {method} {path}: {} {}", answer.status, answer.text));
            }
            if path.starts_with("/sign-out") && case.desk.cookie.is_some() {
                case.desk.sign_in(&world).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_is_not_theirs_looks_like_what_does_not_exist() {
    let world = World::new().await;
    let cases = cast(&world).await;
    let (employee, administrator) = (&cases[2], &cases[4]);
    let nil = uuid::Uuid::nil().to_string();
    let mut compared = 0;
    for (method, path, sent, expected) in TABLE {
        if !path.contains("{id}") && !path.contains("{enrollment}") || expected[2] != 404 {
            continue;
        }
        let hidden = employee.ask(&world, method, path, sent).await;
        for id in [nil.as_str(), "none", "..%2F"] {
            let address = address(path, id);
            let unknown = match sent {
                Nothing => {
                    let method: Method = method.to_uppercase().parse().unwrap();
                    let request = administrator.desk.request(&method, &address);
                    world.send(request.body(Body::empty()).unwrap()).await
                }
                Form(fields) => administrator.desk.form(&world, &address, fields).await,
                Script(body) => {
                    administrator.desk.script(&world, &address, &body(administrator)).await
                }
            };
            // A message that is not there is put back as quietly as one that is.
            if path.starts_with("/outbox/") && id == nil {
                continue;
            }
            assert_eq!((unknown.status, &unknown.text), (hidden.status, &hidden.text), "{path}");
            compared += 1;
        }
    }
    assert!(compared > 20);
}
