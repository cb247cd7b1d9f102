//! A process of its own that commits until it is killed, and what it must leave behind.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use firstkey_domain::{EnrollmentId, PersonId, StreamId};
use firstkey_ports::{
    After, Append, Archive, Commit, CommitError, Entry, Message, NewMessage, Outbox, OutboxState,
    PeopleFilter, PersonRow, Queries, Row, Store, Tally,
};
use firstkey_store_sqlite::{Options, SqliteStore};
use jiff::{Timestamp, civil::date};
use uuid::Uuid;

const FILE: &str = "FIRSTKEY_TEST_FILE";
const FIRST: &str = "FIRSTKEY_TEST_FIRST";
const CLIENTS: u128 = 8;

/// The command that starts this process again as the writer. Its commits are numbered from `first`.
pub(crate) fn command(file: &Path, first: u128, wrapper: Option<&str>) -> Command {
    let this = std::env::current_exe().expect("Linux tells");
    let mut command = match wrapper {
        Some(script) => {
            let mut command = Command::new("sh");
            command.args(["-c", script]).arg(this);
            command
        }
        None => Command::new(this),
    };
    command
        .args(["--ignored", "--exact", "writer_process::commits_until_killed", "--nocapture"])
        .env(FILE, file)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the other tests start it, and kill it"]
async fn commits_until_killed() {
    let file = std::env::var(FILE).expect("started by another test");
    let first: u128 = std::env::var(FIRST).unwrap().parse().unwrap();
    let store = SqliteStore::open(file, Options::default()).unwrap();
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let store = store.clone();
        clients.spawn(async move {
            for number in (first + client..).step_by(8) {
                let said = match store.commit(one_of_each(number)).await {
                    Ok(()) => "done",
                    Err(CommitError::Unavailable(_)) => "unavailable",
                    Err(_) => "unknown",
                };
                println!("{said} {number}");
            }
        });
    }
    clients.join_all().await;
}

/// An event, a state, a row, a count and a message.
fn one_of_each(number: u128) -> Commit {
    let id = PersonId::from_uuid(Uuid::from_u128(number));
    let enrollment = EnrollmentId::from_uuid(Uuid::from_u128(number));
    let message = Message::Invitation { enrollment, generation: 1 };
    let due = Timestamp::UNIX_EPOCH;
    Commit {
        appends: vec![Append {
            stream: id.into(),
            expected: 0,
            entries: vec![Entry { open: number.to_string().into(), sealed: None }],
            state: vec![b's'; 900],
        }],
        rows: vec![Row::Person(person(id))],
        tallies: vec![(Tally::People, 1)],
        outbox: vec![NewMessage { id: Uuid::from_u128(number), message, due }],
        ..Commit::default()
    }
}

fn person(id: PersonId) -> PersonRow {
    PersonRow {
        id,
        external_id: id.to_string(),
        given_name: "Ana".into(),
        family_name: "Núñez".into(),
        user_name: String::new(),
        personal_email: String::new(),
        sponsor: None,
        start_date: date(2026, 1, 5),
        worker_type: "employee".into(),
        department: None,
        groups: [].into(),
        active: true,
        authenticators: 0,
        enrollment: None,
    }
}

/// Every commit whose success was told is there, the file is sound, and there is no half commit.
pub(crate) async fn assert_whole(file: &Path, acknowledged: &[u128]) {
    let store = SqliteStore::open(file, Options::default()).unwrap();
    assert_eq!(store.quick_check().await, Ok(Vec::new()));
    let stream = |number: &u128| StreamId::from(PersonId::from_uuid(Uuid::from_u128(*number)));
    let streams: Vec<_> = acknowledged.iter().map(stream).collect();
    for stored in store.load(&streams).await.unwrap() {
        assert_eq!(stored.version, 1, "{} was acknowledged and is lost", stored.stream);
    }

    let all = u32::MAX;
    let states = store.states_after(None, all).await.unwrap().len();
    let entries = store.entries_after(0, all).await.unwrap().len();
    let people = store.people(&PeopleFilter::default(), After(None), all).await.unwrap().len();
    let messages = store.messages(OutboxState::Waiting, all).await.unwrap().len();
    let tallies = store.tallies().await.unwrap();
    assert_eq!([entries, people, messages], [states; 3]);
    assert_eq!(tallies[0], (Tally::People, i64::try_from(states).unwrap()));
    store.close().await;
}
