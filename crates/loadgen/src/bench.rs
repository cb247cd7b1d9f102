//! `bench`: everything once, in an order that leaves each part undisturbed by the one before.

use std::{fs, path::Path, process::Command};

use clap::ValueEnum;
use jiff::Timestamp;
use serde::Serialize;
use tokio::task::LocalSet;

use crate::{
    Fallible, UnderTest, host,
    import::ImportRun,
    limits::{self, Limits},
    load::Run,
    mail::Letters,
    server::Program,
    starting::{self, Starts},
    table,
    world::World,
};

/// One part of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Importing joiners.
    Import,
    /// Full enrollments.
    Enroll,
    /// Sign-ins.
    SignIn,
}

/// What is measured of it.
#[derive(Debug, Clone, Copy)]
pub struct Chosen {
    /// Only this part.
    pub only: Option<Part>,
    /// Only so many clients at once.
    pub clients: Option<usize>,
}

/// How much of everything.
#[derive(Debug, Clone, Copy)]
struct Amounts {
    starts: usize,
    runs: usize,
    /// Rows of one import.
    rows: u32,
    /// Clients, enrollments and sign-ins of one run.
    levels: [(usize, u32, usize); 3],
}

const FULL: Amounts = Amounts {
    starts: 5,
    runs: 3,
    rows: 10_000,
    levels: [(1, 150, 1000), (16, 500, 6000), (64, 800, 12_000)],
};
const QUICK: Amounts = Amounts {
    starts: 3,
    runs: 3,
    rows: 1000,
    levels: [(1, 20, 100), (16, 64, 600), (64, 128, 1200)],
};

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// When.
    pub made: Timestamp,
    /// Of which commit, if the program was started within the repository.
    pub commit: String,
    /// On which processor.
    pub processor: String,
    /// Whether only little was done.
    pub quick: bool,
    /// What the core and the disk can do at most.
    pub limits: Limits,
    /// Starts with an empty folder.
    pub new: Option<Starts>,
    /// Starts with the data of this run.
    pub full: Option<Starts>,
    /// Imports.
    pub imports: Vec<ImportRun>,
    /// Full enrollments: runs at each number of clients.
    pub enrollments: Vec<Vec<Run>>,
    /// Sign-ins: runs at each number of clients.
    pub sign_ins: Vec<Vec<Run>>,
}

/// Runs the benchmark.
pub fn run(under_test: &UnderTest, quick: bool, chosen: Chosen, reports: &Path) -> Fallible<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let amounts = if quick { QUICK } else { FULL };
    let report = LocalSet::new().block_on(&runtime, measure(under_test, amounts, quick, chosen))?;
    print!("{}", table::shown(&report));
    fs::create_dir_all(reports)?;
    let to = reports.join(format!("{}.json", report.made.strftime("%Y-%m-%d")));
    fs::write(&to, serde_json::to_string_pretty(&report)?)?;
    println!("\nWritten to {}", to.display());
    Ok(())
}

async fn measure(
    under_test: &UnderTest,
    amounts: Amounts,
    quick: bool,
    chosen: Chosen,
) -> Fallible<Report> {
    let Chosen { only, clients } = chosen;
    let wanted = |part| only.is_none_or(|only| only == part);
    let levels = amounts.levels.into_iter();
    let levels = levels.filter(|(level, ..)| clients.is_none_or(|clients| clients == *level));
    let letters = Letters::receive().await?;
    let program = Program::new(under_test, &letters)?;
    say("raw limits");
    let mut report = Report {
        made: now(),
        commit: commit(),
        processor: host::processor(),
        quick,
        limits: limits::on_core(under_test.core, program.folder())?,
        new: None,
        full: None,
        imports: Vec::new(),
        enrollments: Vec::new(),
        sign_ins: Vec::new(),
    };
    say("starting");
    let starts = if only.is_none() { amounts.starts } else { 1 };
    let (new, server) = starting::measure(&program, starts, true)?;
    report.new = Some(new);
    let mut world = World::new(program, server, letters).await?;
    if wanted(Part::Import) {
        for _ in 0..amounts.runs {
            say("importing");
            report.imports.push(world.import(amounts.rows).await?);
        }
    }
    if only != Some(Part::Import) {
        for (clients, enrollments, _) in levels.clone() {
            report.enrollments.push(enroll(&mut world, amounts, clients, enrollments).await?);
        }
    }
    if wanted(Part::SignIn) {
        for (clients, _, sign_ins) in levels {
            let mut runs = Vec::new();
            for _ in 0..amounts.runs {
                say(&format!("signing in, {clients} at a time"));
                runs.push(world.sign_in(clients, sign_ins).await?);
            }
            report.sign_ins.push(runs);
        }
    }
    let program = world.end()?;
    if only.is_none() {
        say("starting again");
        let (full, server) = starting::measure(&program, starts, false)?;
        report.full = Some(full);
        server.stop()?;
    }
    Ok(report)
}

async fn enroll(
    world: &mut World,
    amounts: Amounts,
    clients: usize,
    enrollments: u32,
) -> Fallible<Vec<Run>> {
    let mut runs = Vec::new();
    for _ in 0..amounts.runs {
        say(&format!("inviting {enrollments}"));
        world.invite(enrollments).await?;
        say(&format!("enrolling, {clients} at a time"));
        runs.push(world.enroll(clients, usize::try_from(enrollments)?).await?);
    }
    Ok(runs)
}

fn say(what: &str) {
    eprintln!("… {what}");
}

#[expect(clippy::disallowed_methods, reason = "a measurement is of its day")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn commit() -> String {
    let output = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    let output = output.ok().filter(|output| output.status.success());
    output.map_or_else(String::new, |it| String::from_utf8_lossy(&it.stdout).trim().to_owned())
}
