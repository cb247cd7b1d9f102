//! What whoever watches this server reads.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::world::{Answer, World};

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
    assert_eq!(metrics(&world).await.text, "", "nothing was imported");
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
    assert_eq!(metrics(&world).await.text, expected);
    // A day beyond the calendar never comes.
    world.import_metadata(278, "9999-12-31").await;
    let endless = metrics(&world).await.text;
    assert!(endless.contains("\nfirstkey_metadata_number 278\n"), "{endless}");
    assert!(!endless.contains("next_update"), "{endless}");
}
