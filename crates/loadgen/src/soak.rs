//! `soak`: a file of a million rows, and the server's memory while it is imported.

use std::time::{Duration, Instant};

use tokio::{task::LocalSet, time::sleep};

use crate::{
    Fallible, UnderTest, host,
    import::Joiners,
    mail::Letters,
    operator::Operator,
    server::{Program, Server},
};

/// How often the memory is read.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Runs it.
pub fn run(under_test: &UnderTest, rows: u32) -> Fallible<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, soak(under_test, rows))
}

async fn soak(under_test: &UnderTest, rows: u32) -> Fallible<()> {
    let letters = Letters::receive().await?;
    let program = Program::new(under_test, &letters)?;
    let server = program.start()?;
    let _operator = Operator::set_up(&program).await?;
    host::forget_peak(server.id())?;
    println!("importing {rows} rows; memory of the server every {} s:", LOOK_EVERY.as_secs());
    let before = server.cpu()?;
    let importing = Joiners { first: 0, count: rows, today: false }.import(&program);
    let took = tokio::select! {
        took = importing => took?,
        never = watch(&server) => never?,
    };
    let used = server.cpu()?.saturating_sub(before);
    println!(
        "{rows} rows in {:.1} s: {:.0} a second, {:.0} a second of the server's CPU time; the server \
         held at most {:.1} MB",
        took.as_secs_f64(),
        f64::from(rows) / took.as_secs_f64(),
        f64::from(rows) / used.as_secs_f64(),
        server.memory()?.peak
    );
    server.stop()
}

/// Prints the server's memory for ever.
async fn watch(server: &Server) -> Fallible<Duration> {
    let began = Instant::now();
    loop {
        sleep(LOOK_EVERY).await;
        println!("  {:>5} s {:>8.1} MB", began.elapsed().as_secs(), server.memory()?.now);
    }
}
