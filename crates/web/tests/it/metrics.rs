//! What whoever watches this server reads.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::world::{Answer, Desk, World};

/// Asked by address, as a scraper does.
async fn metrics(world: &World) -> Answer {
    let request = Request::get("/metrics").header(header::HOST, "10.0.0.7:8080");
    let answer = world.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/plain; version=0.0.4; charset=utf-8");
    answer
}

#[tokio::test]
async fn under_names_there_are_no_figures() {
    let world = World::new().await;
    world.import_metadata(277, "2026-02-01").await;
    let public = ["join.example.org", "console.example.org", "console.example.org:444"];
    let others =
        ["console.example.org.", "example.org", "evil.example", "localhost", "10.0.0.7.evil"];
    for host in public.into_iter().chain(others) {
        let request = Request::get("/metrics").header(header::HOST, host);
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{host}");
        assert!(!answer.text.contains("firstkey_metadata"), "{host} {answer:?}");
    }
    for host in ["127.0.0.1", "[::1]:8080", "[::1]"] {
        let request = Request::get("/metrics").header(header::HOST, host);
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn whoever_watches_learns_which_metadata_is_in_force_and_until_when() {
    let world = World::new().await;
    assert!(!metrics(&world).await.text.contains("firstkey_metadata"), "nothing was imported");
    world.import_metadata(277, "2026-02-01").await;
    let expected = "\
# HELP firstkey_metadata_number The number of the FIDO metadata in force.
# TYPE firstkey_metadata_number gauge
firstkey_metadata_number 277
# HELP firstkey_metadata_imported_timestamp_seconds When the FIDO metadata in force was imported.
# TYPE firstkey_metadata_imported_timestamp_seconds gauge
firstkey_metadata_imported_timestamp_seconds 1767603600
# HELP firstkey_metadata_next_update_timestamp_seconds When the day is over by which newer FIDO metadata is due.
# TYPE firstkey_metadata_next_update_timestamp_seconds gauge
firstkey_metadata_next_update_timestamp_seconds 1769990400
";
    let told = metrics(&world).await.text;
    assert!(told.ends_with(expected), "{told}");
    // A day beyond the calendar never comes.
    world.import_metadata(278, "9999-12-31").await;
    let endless = metrics(&world).await.text;
    assert!(endless.contains("\nfirstkey_metadata_number 278\n"), "{endless}");
    assert!(!endless.contains("next_update"), "{endless}");
}

/// The names of the gauges in a text.
fn named(text: &str) -> BTreeSet<&str> {
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    let from = text.match_indices("firstkey_").map(|(at, _)| &text[at..]);
    from.map(|rest| rest.split(|c| !is_name(c)).next().unwrap_or_default()).collect()
}

#[tokio::test]
async fn whoever_watches_learns_how_the_programme_stands_and_nothing_about_anybody() {
    let world = World::new().await;
    let told = metrics(&world).await.text;
    for line in [
        "firstkey_people{passkeys=\"all\"} 2",
        "firstkey_people{passkeys=\"two_or_more\"} 0",
        "firstkey_open_attempts 0",
        "firstkey_must_be_zero{counter=\"readable_secrets\"} 0",
        "firstkey_dead_letters 0",
    ] {
        assert!(told.contains(&format!("\n{line}\n")), "{line} is missing: {told}");
    }
    assert!(!told.contains("to_passkey_seconds"), "of nobody yet: {told}");
    let waiting = told.split("firstkey_log_waiting_entries ").nth(2).unwrap();
    assert!(!waiting.starts_with('0'), "{told}");

    Desk::enrolled(&world, world.ben, 7).await;
    world.app.sequence_once().await.unwrap();
    let told = metrics(&world).await.text;
    for line in [
        "firstkey_people{passkeys=\"one_or_more\"} 1",
        "firstkey_first_enrollments{step=\"proofed\"} 1",
        "firstkey_log_waiting_entries 0",
        "firstkey_build_info{version=\"0.1.0\"} 1",
    ] {
        assert!(told.contains(&format!("{line}\n")), "{line} is missing: {told}");
    }
    assert!(told.contains("firstkey_begin_to_passkey_seconds{quantile=\"0.9\"} "), "{told}");
    for private in ["Ben", "Ana", "example"] {
        assert!(!told.contains(private), "{private} in {told}");
    }
    // The dashboard shows what there is, and all of it.
    world.import_metadata(277, "2026-02-01").await;
    let told = metrics(&world).await.text;
    let dashboard = include_str!("../../../../packaging/grafana/firstkey.json");
    let dashboard: serde_json::Value = serde_json::from_str(dashboard).unwrap();
    let expressions: String =
        dashboard["panels"].as_array().unwrap().iter().fold(String::new(), |all, panel| {
            panel["targets"]
                .as_array()
                .unwrap()
                .iter()
                .fold(all, |all, target| all + target["expr"].as_str().unwrap() + "\n")
        });
    assert_eq!(named(&expressions), named(&told));
}
