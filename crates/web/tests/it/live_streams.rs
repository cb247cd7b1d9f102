//! Answers that stream: how many one browser may hold, and when they end.

use std::{sync::Arc, time::Duration};

use tokio::{task::JoinHandle, time::timeout};

use crate::world::{Attempt, Browser, Desk, World};

const PATIENCE: Duration = Duration::from_secs(5);

/// Ben's browser with so many tabs, each of which follows the progress.
async fn tabs(count: usize) -> (Arc<World>, Attempt, Vec<JoinHandle<Vec<String>>>) {
    let world = Arc::new(World::new().await);
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);
    let attempt = browser.begin(&world, &locator).await;
    let live = attempt.at("/live");
    let mut streams = Vec::new();
    for tab in 0..count {
        let mut tab = Browser::tab_of(&browser, u8::try_from(tab).unwrap());
        let (world, live) = (Arc::clone(&world), live.clone());
        streams.push(tokio::spawn(async move {
            let answer = tab.get(&world, &live).await;
            let lines = answer.text.lines().filter(|line| !line.is_empty());
            lines.map(stage).collect()
        }));
        // One after the other, so that it is known which is the oldest.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    (world, attempt, streams)
}

fn stage(line: &str) -> String {
    let progress: serde_json::Value = serde_json::from_str(line).unwrap();
    progress["stage"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_browser_holds_three_streams_and_the_newest_ends_the_oldest() {
    let (_world, _, mut streams) = tabs(5).await;
    for oldest in streams.drain(..2) {
        assert_eq!(timeout(PATIENCE, oldest).await.unwrap().unwrap(), ["waiting"]);
    }
    assert!(streams.iter().all(|newer| !newer.is_finished()));
}

#[tokio::test]
async fn streams_end_when_the_attempt_closes() {
    let (world, _attempt, streams) = tabs(3).await;
    let ana = Desk::of(&world, world.ana, 9).await;
    let enrollment = world.enrollment(world.ben).await;
    let refused = ana.form(&world, &format!("/waiting/{enrollment}/refuse"), &[]).await;
    assert!(refused.location().starts_with("/waiting"), "{refused:?}");
    for stream in streams {
        assert_eq!(timeout(PATIENCE, stream).await.unwrap().unwrap(), ["waiting", "ended"]);
    }
}
