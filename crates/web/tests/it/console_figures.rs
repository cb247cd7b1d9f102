//! The overview: what it counts, and who it says needs somebody.

use axum::{
    body::Body,
    http::{Request, header},
};
use firstkey_app::{inviting::Withdraw, machines::Caller};
use firstkey_ports::{Figure, Measure, Part, Queries, Step, Week};
use serde_json::json;

use crate::world::{Answer, Browser, Desk, World};

async fn administrator(world: &World) -> Desk {
    let ada = world.join("A", "Ada", None).await;
    Desk::administrator(world, ada, 40).await
}

/// The rows of a table of bars: what stands first in each, and its number.
fn bars(page: &Answer, part: &str) -> Vec<(String, String)> {
    let section = page.between(&format!("id=\"{part}\""), "</section>");
    let rows = section.split("<th scope=\"row\">").skip(1);
    let text = |html: &str| {
        let mut plain = String::new();
        let mut is_text = true;
        for letter in html.chars() {
            match letter {
                '<' => is_text = false,
                '>' => is_text = true,
                _ if is_text => plain.push(letter),
                _ => {}
            }
        }
        plain.trim().to_owned()
    };
    rows.map(|row| {
        let (name, rest) = row.split_once("</th>").unwrap();
        let number = rest.split_once("<strong>").unwrap().1.split_once("</strong>").unwrap().0;
        (text(name), number.to_owned())
    })
    .collect()
}

fn funnel(page: &Answer) -> Vec<String> {
    bars(page, "part-funnel").into_iter().map(|(_, number)| number).collect()
}

#[tokio::test]
async fn the_funnel_is_what_counting_people_gives() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    // Ana and Ben are invited, Ada is enrolled by the terminal, who is met there.
    assert_eq!(funnel(&ada.get(&world, "/overview").await), ["3", "3", "1", "1", "1", "0"]);
    Browser::new(2).begin(&world, &world.locator(world.ben).await).await;
    assert_eq!(funnel(&ada.get(&world, "/overview").await), ["3", "3", "2", "1", "1", "0"]);
    Desk::enrolled(&world, world.ana, 7).await;
    let page = ada.get(&world, "/overview").await;
    assert_eq!(funnel(&page), ["3", "3", "3", "2", "2", "0"]);
    let stages = bars(&page, "part-stages");
    assert!(stages.contains(&("Waiting".into(), "1".into())), "{stages:?}");
    // Both first passkeys were made within a moment of Begin.
    assert!(page.text.contains("Half of them took at most"), "{page:?}");
}

#[tokio::test]
async fn a_filter_is_an_address() {
    let world = World::new().await;
    let mut ada = administrator(&world).await;
    let old = Week::of(world.app.now()).back(20);
    let measure = Measure::Reached(Step::Joined);
    let figure = Figure::Weekly { of: Part::everybody(), week: old, measure };
    let commit = firstkey_ports::Commit { figures: vec![(figure, 40)], ..Default::default() };
    firstkey_ports::Store::commit(&world.store, commit).await.unwrap();
    for (address, joined) in [
        ("/overview", "3"),
        ("/overview?weeks=26", "43"),
        ("/overview?weeks=9999", "3"),
        ("/overview?of=worker_type:employee", "3"),
        ("/overview?of=worker_type:pilot&weeks=52", "0"),
        ("/overview?of=%3Cscript%3E", "3"),
    ] {
        let page = ada.get(&world, address).await;
        assert_eq!(funnel(&page)[0], joined, "{address}");
        assert!(!page.text.contains("<script>"), "{address}");
    }
    ada.sign_in(&world).await;
}

#[tokio::test]
async fn whoever_did_not_expect_it_is_listed_until_it_is_over() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let calm = ada.get(&world, "/overview").await;
    assert!(calm.text.contains("Nobody is stuck, and nobody asked for help."), "{calm:?}");
    let request = Request::post("/api/join/unexpected")
        .header(header::HOST, "join.example.org")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json!({ "locator": world.locator(world.ben).await }).to_string()));
    world.send(request.unwrap()).await;
    let page = ada.get(&world, "/overview").await;
    let listed = page.between("id=\"part-attention\"", "</section>");
    assert!(listed.contains("Invitations that were not expected"), "{listed}");
    assert!(listed.contains("Ben Ferreira"), "{listed}");
    let enrollment = world.enrollment(world.ben).await;
    world.app.run(&Withdraw { operator: Caller::Person(ada.person), enrollment }).await.unwrap();
    let over = ada.get(&world, "/overview").await;
    assert!(!over.text.contains("Invitations that were not expected"), "{over:?}");
    assert_eq!(world.store.reported_unexpected(9).await, Ok(Vec::new()));
}
