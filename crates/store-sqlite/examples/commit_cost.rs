//! What commits and reads cost on this machine.
//!
//! ```sh
//! cargo run --release -p firstkey-store-sqlite --example commit_cost -- [folder] [people]
//! ```
//!
//! Prints CPU time, the kernel's share included, per commit of one event with its state and one
//! message, at 1, 16 and 64 clients that each wait for their answer; per read by key; and the time of
//! searches among so many people (10,000 unless told).

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use firstkey_domain::{EnrollmentId, PersonId, StreamId};
use firstkey_ports::{
    After, Append, Commit, Entry, Message, NewMessage, PeopleFilter, PersonRow, Queries, Row,
    Sealed, Store,
};
use firstkey_store_sqlite::{Options, SqliteStore};
use jiff::{Timestamp, civil::date};
use tokio::task::JoinSet;
use uuid::Uuid;

const COMMITS: u64 = 20_000;
const READS: u32 = 200_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let people = arguments.next().map_or(Ok(10_000), |count| count.parse())?;
    let folder = folder.join(format!("firstkey-commit-cost-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build()?;
    let outcome = runtime.block_on(measure(&folder, people));
    fs::remove_dir_all(&folder)?;
    outcome
}

async fn measure(folder: &Path, people: u128) -> Result<(), Box<dyn std::error::Error>> {
    let store = SqliteStore::open(folder.join("firstkey.db"), Options::default())?;
    for clients in [1, 16, 64] {
        commits(&store, clients).await?;
    }
    reads(&store).await?;
    searches(&store, people).await?;
    store.close().await;
    Ok(())
}

/// CPU time used so far by all threads, and by the writer's alone.
fn cpu() -> (Duration, Duration) {
    let mut used = (Duration::ZERO, Duration::ZERO);
    for thread in fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let read = |file| fs::read_to_string(thread.path().join(file)).unwrap_or_default();
        let nanoseconds = read("schedstat").split(' ').next().and_then(|n| n.parse().ok());
        let time = Duration::from_nanos(nanoseconds.unwrap_or(0));
        used.0 += time;
        if read("comm").starts_with("store-writer") {
            used.1 += time;
        }
    }
    used
}

async fn commits(store: &SqliteStore, clients: u64) -> Result<(), Box<dyn std::error::Error>> {
    let each = if clients == 1 { COMMITS / 10 } else { COMMITS / clients };
    let store = Arc::new(store.clone());
    let (before, began) = (cpu(), Instant::now());
    let mut running = JoinSet::new();
    for client in 0..clients {
        let store = Arc::clone(&store);
        running.spawn(async move {
            for number in 0..each {
                store.commit(commit(clients, client, number)).await?;
            }
            Ok::<_, firstkey_ports::CommitError>(())
        });
    }
    for fared in running.join_all().await {
        fared?;
    }
    let (took, after) = (began.elapsed(), cpu());
    let count = each * clients;
    println!(
        "{clients:>3} clients: {:>6.1} µs CPU per commit ({:.1} µs of it the writer), {:.0} commits/s",
        micros(after.0.saturating_sub(before.0), count),
        micros(after.1.saturating_sub(before.1), count),
        f64::from(u32::try_from(count)?) / took.as_secs_f64(),
    );
    Ok(())
}

fn micros(time: Duration, count: u64) -> f64 {
    time.as_secs_f64() * 1e6 / f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// An event of usual size with its state and one message, on the client's tenth stream.
fn commit(clients: u64, client: u64, number: u64) -> Commit {
    let id = |salt: u64| Uuid::from_u64_pair((number << 16) | client, (clients << 32) | salt);
    let stream = Uuid::from_u64_pair(((number / 10) << 16) | client, clients << 32);
    let sealed = Sealed { salt: [7; 32], bytes: vec![b'c'; 120] };
    Commit {
        at: Some(Timestamp::UNIX_EPOCH),
        appends: vec![Append {
            stream: StreamId::from(EnrollmentId::from_uuid(stream)),
            expected: number % 10,
            entries: vec![Entry { open: vec![b'o'; 350], sealed: Some(sealed) }],
            state: vec![b's'; 900],
        }],
        outbox: vec![NewMessage {
            id: id(1),
            message: Message::Invitation {
                enrollment: EnrollmentId::from_uuid(stream),
                generation: 1,
            },
            due: Timestamp::UNIX_EPOCH,
        }],
        ..Commit::default()
    }
}

async fn reads(store: &SqliteStore) -> Result<(), Box<dyn std::error::Error>> {
    let stream = commit(64, 7, 70).appends[0].stream;
    let before = cpu();
    for _ in 0..READS {
        let loaded = store.load(&[stream]).await?;
        assert_eq!(loaded[0].version, 10);
    }
    let used = cpu().0.saturating_sub(before.0);
    println!("one state read: {:.1} µs CPU", micros(used, READS.into()));
    Ok(())
}

async fn searches(store: &SqliteStore, people: u128) -> Result<(), Box<dyn std::error::Error>> {
    let began = Instant::now();
    let mut written = 0;
    while written < people {
        let mut running = JoinSet::new();
        for _ in 0..64 {
            let rows = (written + 1..=(written + 50).min(people)).map(|n| Row::Person(person(n)));
            let commit = Commit { rows: rows.collect(), bulk: true, ..Commit::default() };
            written += 50;
            let store = store.clone();
            running.spawn(async move { store.commit(commit).await });
        }
        for fared in running.join_all().await {
            fared?;
        }
    }
    println!("{people} people written in {:.1} s", began.elapsed().as_secs_f64());
    for search in ["a", "zo", "given7 family77", "given family", "given99 family99", "e-4242"] {
        let filter = PeopleFilter { search: search.into(), sponsor: None };
        let began = Instant::now();
        let found = store.people(&filter, After(None), 50).await?.len();
        let took = began.elapsed().as_secs_f64() * 1e3;
        println!("search {search:?}: {found} in {took:.1} ms");
    }
    Ok(())
}

fn person(number: u128) -> PersonRow {
    PersonRow {
        id: PersonId::from_uuid(Uuid::from_u128(number)),
        external_id: format!("E-{number}"),
        given_name: format!("Given{}", number % 100),
        family_name: format!("Family{}", number / 100 % 1000),
        user_name: format!("a.user{number}"),
        personal_email: format!("user{number}@example.org"),
        sponsor: None,
        start_date: date(2026, 1, 5),
        worker_type: "employee".into(),
        department: None,
        groups: ["staff".into()].into(),
        active: true,
        authenticators: 0,
        enrollment: None,
    }
}
