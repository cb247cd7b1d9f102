//! Lists that somebody takes away as files.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use firstkey_domain::PersonId;
use firstkey_ports::{Archive, Commit, PersonRow, Row, Store};
use jiff::civil::date;
use uuid::Uuid;

use crate::world::{Answer, Desk, World};

async fn administrator(world: &World) -> Desk {
    let ada = world.join("A", "Ada", None).await;
    Desk::administrator(world, ada, 40).await
}

fn row(number: u128, given_name: &str) -> Row {
    Row::Person(PersonRow {
        id: PersonId::from_uuid(Uuid::from_u128(number)),
        external_id: format!("X{number}"),
        given_name: given_name.into(),
        family_name: "Family".into(),
        user_name: format!("user{number}"),
        personal_email: format!("private{number}@mail.example"),
        sponsor: None,
        start_date: date(2026, 1, 5),
        worker_type: "employee".into(),
        department: Some("+SUM(A1:A9)".into()),
        groups: BTreeSet::new(),
        active: true,
        authenticators: 0,
        enrollment: None,
    })
}

async fn put(world: &World, rows: Vec<Row>) {
    world.store.commit(Commit { rows, ..Commit::default() }).await.unwrap();
}

fn is_file(answer: &Answer, name: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert!(answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/csv"));
    let kept = answer.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert_eq!(kept, format!("attachment; filename=\"{name}\""));
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn no_cell_is_a_formula() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    put(&world, vec![row(1, "=HYPERLINK(\"https://evil.example\")"), row(2, "@x")]).await;
    let file = ada.form(&world, "/people/export", &[("search", "family")]).await;
    is_file(&file, "people.csv");
    let lines: Vec<&str> = file.text.lines().collect();
    assert_eq!(lines.len(), 3, "{file:?}");
    assert!(lines[0].starts_with("\"id\",\"external_id\",\"given_name\""));
    assert!(lines[2].contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\""), "{}", lines[2]);
    assert!(lines[2].contains("\"'+SUM(A1:A9)\"") && lines[1].contains("\"'@x\""));
    // A private address is a way to somebody, and nobody needs it for figures.
    assert!(!file.text.contains("mail.example"));
}

#[tokio::test]
async fn every_row_comes_once_however_many_pieces_there_are() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    put(&world, (1..=1203).map(|number| row(number, "Zoe")).collect()).await;
    let file = ada.form(&world, "/people/export", &[("search", "zoe")]).await;
    let ids: BTreeSet<&str> =
        file.text.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!((file.text.lines().count(), ids.len()), (1204, 1203));
}

#[tokio::test]
async fn enrollments_come_as_the_list_shows_them() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let open = ada.form(&world, "/enrollments/export", &[("stage", "open")]).await;
    is_file(&open, "enrollments.csv");
    assert!(open.text.contains("Ben Ferreira") && !open.text.contains("\"bound\""), "{open:?}");
    let all = ada.form(&world, "/enrollments/export", &[("stage", "all")]).await;
    assert!(all.text.contains("\"bound\""), "{all:?}");
}

/// Who took what is in the access log, and what they searched for is not: it may be a name.
#[tokio::test]
async fn whoever_takes_a_list_is_noted() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    ada.form(&world, "/people/export", &[("search", "zoraida")]).await;
    let entries = world.store.entries_after(0, 1000).await.unwrap();
    let notes = entries.iter().map(|(log, entry)| (log, String::from_utf8_lossy(&entry.open)));
    let notes: Vec<_> = notes.filter(|(_, open)| open.contains("list.exported/1")).collect();
    assert_eq!(notes.len(), 1);
    let (log, note) = &notes[0];
    assert!(log.to_string().starts_with("access/"), "{log}");
    assert!(note.contains(&ada.person.to_string()) && note.contains("\"people\""), "{note}");
    assert!(!note.contains("zoraida"), "{note}");
    // A page of another site cannot have one taken.
    let other = Desk { token: "guessed".into(), ..ada };
    let refused = other.form(&world, "/people/export", &[]).await;
    assert_eq!(refused.problem(), "cross-site");
}
