//! How soon a started server answers, and what memory it holds before it is asked for anything.

use std::{fs, thread, time::Duration};

use serde::Serialize;

use crate::{
    Fallible,
    figures::{median, micros},
    server::{Program, Server},
};

/// How long a started server is left alone before its memory is read.
const LEFT_ALONE: Duration = Duration::from_secs(3);

/// What starting a few times measured.
#[derive(Debug, Clone, Serialize)]
pub struct Starts {
    /// From the start of the process to the first answer, in milliseconds; one for each start.
    pub until_answer_millis: Vec<f64>,
    /// The median of them.
    pub median_millis: f64,
    /// Memory a while after, in megabytes.
    pub idle_megabytes: f64,
}

/// Starts a server `times` times and leaves the last one running. With `anew`, each start finds an
/// empty folder: it makes the keys and the database too.
pub fn measure(program: &Program, times: usize, anew: bool) -> Fallible<(Starts, Server)> {
    let mut until_answer_millis = Vec::with_capacity(times);
    loop {
        if anew && program.data().exists() {
            fs::remove_dir_all(program.data())?;
        }
        let server = program.start()?;
        until_answer_millis.push(micros(server.until_answer) / 1e3);
        if until_answer_millis.len() < times {
            server.stop()?;
            continue;
        }
        thread::sleep(LEFT_ALONE);
        let idle_megabytes = server.memory()?.now;
        let median_millis = median(&until_answer_millis, |millis| *millis);
        return Ok((Starts { until_answer_millis, median_millis, idle_megabytes }, server));
    }
}
