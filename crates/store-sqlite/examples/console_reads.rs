//! What the console's first pages read, among few people and among very many: the CPU time of each
//! read, and how many times more it is.
//!
//! ```sh
//! cargo run --release -p firstkey-store-sqlite --example console_reads -- [few] [many]
//! ```
//!
//! A thousand and a million people unless told. Rows are put there without their events: pages read
//! rows only.

use std::{collections::BTreeSet, env, error::Error, fs, thread, time::Duration};

use firstkey_domain::{
    EnrollmentId, PersonId,
    enrollment::{EnrollmentEnd, Kind},
};
use firstkey_ports::{
    After, Commit, EnrollmentFilter, EnrollmentRow, Figure, Holding, Measure, Outbox, OutboxState,
    Part, PartKind, PeopleFilter, PersonRow, Queries, Row, Stage, Step, Store, Took, Week,
};
use firstkey_store_sqlite::{Options, SqliteStore};
use jiff::{SignedDuration, Timestamp, civil::date};
use uuid::Uuid;

type Fallible<T> = Result<T, Box<dyn Error>>;

const NOW: i64 = 1_774_958_400;
const WEEKS: u8 = 12;
const BATCH: u32 = 2000;
const TIMES: u32 = 100;

const GIVEN: [&str; 8] = ["Ana", "Ben", "Chloé", "Dmitri", "Eva", "Farid", "Grace", "Hiro"];
const FAMILY: [&str; 8] =
    ["Ferreira", "Okafor", "Núñez", "Schmidt", "Wang", "Haddad", "O'Neil", "Sato"];
const SITES: [&str; 6] = ["Madrid", "Berlin", "Lagos", "Lima", "Osaka", "Oslo"];

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn id(number: u32) -> Uuid {
    Uuid::from_u128(u128::from(number) + 1)
}

fn pick<'a>(from: &[&'a str], number: u32) -> &'a str {
    from[number as usize % from.len()]
}

fn person(number: u32) -> PersonRow {
    PersonRow {
        id: PersonId::from_uuid(id(number)),
        external_id: format!("E{number}"),
        given_name: pick(&GIVEN, number).into(),
        family_name: pick(&FAMILY, number / 8).into(),
        user_name: format!("user{number}"),
        personal_email: format!("user{number}@mail.example"),
        sponsor: Some(PersonId::from_uuid(id(number / 20))),
        start_date: date(2026, 1, 5),
        worker_type: "employee".into(),
        department: Some(format!("Department {}", number % 40)),
        groups: BTreeSet::from([format!("site:{}", pick(&SITES, number))]),
        active: true,
        authenticators: u32::from(number % 10 < 7),
        enrollment: Some(EnrollmentId::from_uuid(id(number))),
    }
}

fn enrollment(number: u32) -> EnrollmentRow {
    let stage = match number % 100 {
        0..70 => Stage::Closed(EnrollmentEnd::Bound),
        70..96 => Stage::Invited,
        96 | 97 => Stage::Begun,
        98 => Stage::Uninvited,
        _ => Stage::Contested,
    };
    let expires = at(NOW + i64::from(number % 1_000_000));
    EnrollmentRow {
        id: EnrollmentId::from_uuid(id(number)),
        person: PersonId::from_uuid(id(number)),
        kind: Kind::First,
        stage,
        opened: at(NOW - 1000),
        invited_from: Some(at(NOW - 1000)),
        expires,
        deadline: (!stage.is_closed()).then_some(expires),
    }
}

/// The figures that follow from so many people in as many weeks as there are.
fn figures(first: u32, last: u32) -> Vec<(Figure, i64)> {
    let now = Week::of(at(NOW));
    let mut figures = Vec::new();
    for number in first..last {
        let week = now.back(u8::try_from(number % 52).unwrap_or(0));
        let site = Part::new(PartKind::Site, pick(&SITES, number));
        let department = Part::new(PartKind::Department, &format!("Department {}", number % 40));
        for step in &Step::ALL[..2 + number as usize % 4] {
            let measure = Measure::Reached(*step);
            figures.push((Figure::Weekly { of: Part::everybody(), week, measure }, 1));
        }
        let took = Took::from_index(u8::try_from(number % 26).unwrap_or(0));
        for measure in took
            .into_iter()
            .flat_map(|it| [Measure::JoiningToPasskey(it), Measure::BeginToPasskey(it)])
        {
            figures.push((Figure::Weekly { of: Part::everybody(), week, measure }, 1));
        }
        for of in [site, department] {
            figures.push((Figure::Now { of, holding: Holding::Any }, 1));
        }
    }
    figures
}

async fn filled(store: &SqliteStore, people: u32) -> Fallible<()> {
    for first in (0..people).step_by(BATCH as usize) {
        let last = people.min(first + BATCH);
        let rows = (first..last)
            .flat_map(|number| [Row::Person(person(number)), Row::Enrollment(enrollment(number))]);
        let commit = Commit {
            at: Some(at(NOW)),
            rows: rows.collect(),
            figures: figures(first, last),
            bulk: true,
            ..Commit::default()
        };
        store.commit(commit).await?;
    }
    Ok(())
}

/// CPU time used so far by all threads: what else the machine does is not in it.
fn cpu() -> Duration {
    // The kernel adds a thread's time up when it stops running.
    thread::sleep(Duration::from_millis(5));
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let used = tasks.map(|thread| {
        let file = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
        let nanoseconds = file.split(' ').next().and_then(|number| number.parse().ok());
        Duration::from_nanos(nanoseconds.unwrap_or(0))
    });
    used.sum()
}

/// What a read costs on average, after as many that do not count.
async fn cost<T>(mut read: impl AsyncFnMut() -> T) -> Duration {
    for _ in 0..TIMES {
        let _ = read().await;
    }
    let before = cpu();
    for _ in 0..TIMES {
        let _ = read().await;
    }
    cpu().saturating_sub(before) / TIMES
}

/// Each read of the overview, and of the first pages of the lists, by name.
async fn measured(store: &SqliteStore) -> Vec<(&'static str, Duration)> {
    let everybody = Part::everybody();
    let from = Week::of(at(NOW)).back(WEEKS - 1);
    let at_stage = |stage| EnrollmentFilter { stage: Some(stage), ..EnrollmentFilter::default() };
    let open = EnrollmentFilter { open: true, ..EnrollmentFilter::default() };
    let (contested, uninvited) = (at_stage(Stage::Contested), at_stage(Stage::Uninvited));
    let first = After::default();
    let search = |words: &str| PeopleFilter { search: words.into(), sponsor: None };
    let (all, common, rare) = (search(""), search("ana sch"), search("user77"));
    vec![
        ("tallies", cost(async || store.tallies().await).await),
        ("weeks", cost(async || store.weeks(&everybody, from).await).await),
        ("parts", cost(async || store.parts(PartKind::Department, 12).await).await),
        ("contested", cost(async || store.enrollments(&contested, first, 5).await).await),
        ("uninvited", cost(async || store.enrollments(&uninvited, first, 5).await).await),
        ("not expected", cost(async || store.reported_unexpected(5).await).await),
        ("dead letters", cost(async || store.messages(OutboxState::Dead, 100).await).await),
        ("newest open", cost(async || store.enrollments(&open, first, 100).await).await),
        ("open by end", cost(async || store.open_now(100).await).await),
        ("people", cost(async || store.people(&all, first, 26).await).await),
        ("a common search", cost(async || store.people(&common, first, 26).await).await),
        ("a rare search", cost(async || store.people(&rare, first, 26).await).await),
    ]
}

#[tokio::main]
async fn main() -> Fallible<()> {
    let sizes: Vec<u32> = env::args().skip(1).map(|size| size.parse()).collect::<Result<_, _>>()?;
    let sizes = if sizes.is_empty() { vec![1000, 1_000_000] } else { sizes };
    let mut columns = Vec::new();
    for people in &sizes {
        let folder = tempfile::tempdir()?;
        let store = SqliteStore::open(folder.path().join("bench.db"), Options::default())?;
        filled(&store, *people).await?;
        columns.push(measured(&store).await);
        store.close().await;
    }
    let (least, most) = (sizes[0], sizes[sizes.len() - 1]);
    println!("{:<16} {least:>10} {most:>10} {:>6}", "CPU time", "ratio");
    let (few, many) = (&columns[0], &columns[columns.len() - 1]);
    let mut sums = [Duration::ZERO; 2];
    for (first, last) in few.iter().zip(many) {
        let ratio = last.1.as_secs_f64() / first.1.as_secs_f64();
        println!("{:<16} {:>10.1?} {:>10.1?} {ratio:>6.2}", first.0, first.1, last.1);
        if first.0 == "open by end" {
            let ratio = sums[1].as_secs_f64() / sums[0].as_secs_f64();
            println!("{:<16} {:>10.1?} {:>10.1?} {ratio:>6.2}", "the overview", sums[0], sums[1]);
        }
        sums[0] += first.1;
        sums[1] += last.1;
    }
    Ok(())
}
