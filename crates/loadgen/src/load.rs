//! Many clients at once, each with its own connection, and what the server used for them.

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

use serde::Serialize;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    Fallible,
    figures::{micros, percentile, seconds},
    host,
    server::Server,
    site::Site,
    wire::Connection,
};

/// What one run measured.
#[derive(Debug, Clone, Serialize)]
pub struct Run {
    /// Clients at once.
    pub clients: usize,
    /// Jobs done.
    pub jobs: usize,
    /// From the first request to the last answer, in seconds.
    pub seconds: f64,
    /// The server's CPU time in that time, in microseconds a job.
    pub server_micros: f64,
    /// The server's CPU time afterwards, for what it put off (mail above all), in microseconds a job.
    pub afterwards_micros: f64,
    /// The median time of a job, in microseconds.
    pub p50_micros: f64,
    /// The time that one of a hundred jobs exceeds, in microseconds.
    pub p99_micros: f64,
    /// The generator's share of its core.
    pub generator_share: f64,
    /// The server's share of its core.
    pub server_share: f64,
    /// The most memory the server held, in megabytes.
    pub peak_megabytes: f64,
}

impl Run {
    /// Jobs that the server does in a second of its CPU time.
    pub fn per_core_second(&self) -> f64 {
        1e6 / self.server_micros
    }

    /// Jobs done in a second.
    pub fn per_second(&self) -> f64 {
        1e6 * self.server_share / self.server_micros
    }
}

/// Runs all jobs, `clients` at a time. Gives what each job gave.
pub async fn run<J: 'static, O: 'static>(
    server: &Server,
    site: &Site,
    clients: usize,
    jobs: Vec<J>,
    work: impl AsyncFn(&mut Connection, J) -> Fallible<O> + 'static,
) -> Fallible<(Run, Vec<O>)> {
    settle(server).await?;
    host::forget_peak(server.id())?;
    let count = jobs.len();
    let (jobs, work) = (Rc::new(RefCell::new(jobs)), Rc::new(work));
    let mut connections = Vec::with_capacity(clients);
    for _ in 0..clients {
        connections.push(Connection::open(site.address).await?);
    }
    let me = std::process::id();
    let (server_before, mine_before, began) = (server.cpu()?, host::cpu_time(me)?, Instant::now());
    let mut running = JoinSet::new();
    for connection in connections {
        running.spawn_local(client(connection, Rc::clone(&jobs), Rc::clone(&work)));
    }
    let (mut times, mut given) = (Vec::with_capacity(count), Vec::with_capacity(count));
    while let Some(done) = running.join_next().await {
        for (time, output) in done?? {
            times.push(micros(time));
            given.push(output);
        }
    }
    let took = began.elapsed();
    let used = server.cpu()?.saturating_sub(server_before);
    let mine = host::cpu_time(me)?.saturating_sub(mine_before);
    let peak_megabytes = server.memory()?.peak;
    let afterwards = settle(server).await?;
    times.sort_by(f64::total_cmp);
    let run = Run {
        clients,
        jobs: count,
        seconds: seconds(took),
        server_micros: each(used, count),
        afterwards_micros: each(afterwards, count),
        p50_micros: percentile(&times, 50),
        p99_micros: percentile(&times, 99),
        generator_share: mine.as_secs_f64() / took.as_secs_f64(),
        server_share: used.as_secs_f64() / took.as_secs_f64(),
        peak_megabytes,
    };
    Ok((run, given))
}

async fn client<J, O>(
    mut connection: Connection,
    jobs: Rc<RefCell<Vec<J>>>,
    work: Rc<impl AsyncFn(&mut Connection, J) -> Fallible<O>>,
) -> Fallible<Vec<(Duration, O)>> {
    let mut done = Vec::new();
    loop {
        let job = jobs.borrow_mut().pop();
        let Some(job) = job else { return Ok(done) };
        let began = Instant::now();
        let output = work(&mut connection, job).await?;
        done.push((began.elapsed(), output));
    }
}

/// CPU time a job, in microseconds.
pub fn each(used: Duration, count: usize) -> f64 {
    micros(used) / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX))
}

/// Waits until the server has nothing left to do; gives the CPU time that it used meanwhile. The
/// outbox is looked into once a second, so quiet must last longer than that.
pub async fn settle(server: &Server) -> Fallible<Duration> {
    const WINDOW: Duration = Duration::from_millis(500);
    const QUIET: Duration = Duration::from_millis(10);
    let began = server.cpu()?;
    let (mut cpu, mut letters, mut quiet) = (began, server.letters(), 0);
    while quiet < 4 {
        sleep(WINDOW).await;
        let (cpu_before, letters_before) = (cpu, letters);
        (cpu, letters) = (server.cpu()?, server.letters());
        let is_quiet = letters == letters_before && cpu.saturating_sub(cpu_before) <= QUIET;
        quiet = if is_quiet { quiet + 1 } else { 0 };
    }
    Ok(cpu.saturating_sub(began))
}
