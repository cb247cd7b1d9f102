//! Pages and answers, word for word.

use axum::http::StatusCode;

use crate::world::{Browser, CONSOLE, JOIN, World};

#[tokio::test]
async fn the_page_of_a_link() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let page = world.page(JOIN, &format!("/i/{locator}")).await.text;
    let stage = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    insta::assert_snapshot!("start", stage.replace(&locator, "LOCATOR"));
}

#[tokio::test]
async fn pages_hold_no_inline_script_or_style_and_ask_nobody_else() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    for path in [format!("/i/{locator}"), "/i/nonsense".into(), "/nowhere".into()] {
        let page = world.page(JOIN, &path).await.text;
        for tag in page.split("<script").skip(1) {
            let (attributes, rest) = tag.split_once('>').unwrap();
            assert!(attributes.contains("src=\"/assets/"), "{attributes}");
            assert!(rest.starts_with("</script>"));
        }
        assert!(!page.contains("<style") && !page.contains(" style="), "{path}");
        for link in page.split("href=\"").skip(1).chain(page.split("src=\"").skip(1)) {
            let link = link.split('"').next().unwrap();
            let is_here = link.starts_with('/') || link.starts_with("?lang=");
            assert!(is_here || link.starts_with(CONSOLE), "{link}");
        }
        for handler in [" onclick", " onload", " onerror", "javascript:"] {
            assert!(!page.contains(handler), "{path} {handler}");
        }
    }
}

#[tokio::test]
async fn progress_while_somebody_is_expected() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let attempt = Browser::new(1).begin(&world, &locator).await;
    let mut progress = attempt.progress.clone();
    progress["attempt"] = "ATTEMPT".into();
    progress["code"]["digits"] = "DIGITS".into();
    insta::assert_snapshot!("progress", serde_json::to_string_pretty(&progress).unwrap());
}

#[tokio::test]
async fn the_stream_tells_each_change_and_ends_when_all_is_done() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);
    let attempt = browser.begin(&world, &locator).await;
    world.vouch(world.ben, attempt.digits()).await;
    let asked = browser.register(&world, &attempt).await;
    let press = browser.second_press(&asked);

    let live = attempt.at("/live");
    let mut other_tab = Browser::tab_of(&browser, 0);
    let (stream, bound) = tokio::join!(other_tab.get(&world, &live), async {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        browser.post(&world, &attempt.at("/bind"), &press).await
    });
    assert_eq!(bound.status, StatusCode::OK);
    let stages: Vec<String> = stream
        .text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|progress| progress["stage"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(stages, ["verified", "bound"]);
}

#[tokio::test]
async fn the_two_origins_do_not_mix() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    for (origin, path) in
        [(CONSOLE, format!("/i/{locator}")), (JOIN, "/clearance".into()), (JOIN, "/sign-in".into())]
    {
        let answer = world.page(origin, &path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{origin}{path}");
    }
    let answer = world.page("https://other.example.org", "/").await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
}
