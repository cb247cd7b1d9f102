//! Files of joiners, and importing them by the command line.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::PathBuf,
    time::{Duration, Instant},
};

use jiff::{Timestamp, ToSpan as _, Zoned, civil::Date, tz::TimeZone};
use serde::Serialize;

use crate::{
    Fallible,
    figures::seconds,
    host,
    load::{each, settle},
    operator,
    server::{Program, Server},
};

/// Joiners with consecutive numbers, sponsored by the administrator.
#[derive(Debug, Clone, Copy)]
pub struct Joiners {
    /// The first one's number.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// Whether they start today, so that their invitations go out at once; otherwise next year.
    pub today: bool,
}

/// What one import measured.
#[derive(Debug, Clone, Serialize)]
pub struct ImportRun {
    /// Rows.
    pub rows: u32,
    /// From the command to its answer, in seconds.
    pub seconds: f64,
    /// The server's CPU time meanwhile, in microseconds a row.
    pub server_micros: f64,
    /// The server's CPU time afterwards, in microseconds a row.
    pub afterwards_micros: f64,
    /// The most memory the server held, in megabytes.
    pub peak_megabytes: f64,
}

impl ImportRun {
    /// Rows imported in a second.
    pub fn per_second(&self) -> f64 {
        f64::from(self.rows) / self.seconds
    }

    /// Rows imported in a second of the server's CPU time.
    pub fn per_core_second(&self) -> f64 {
        1e6 / self.server_micros
    }
}

const GIVEN: [&str; 20] = [
    "Ada", "Ben", "Chidi", "Dara", "Élodie", "Farid", "Grace", "Hana", "Ivo", "Jörg", "Kemal",
    "Lucía", "Mei", "Noor", "Olga", "Paweł", "Quinn", "Rosa", "Sven", "Tariq",
];
const SYLLABLES: [&str; 20] = [
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va",
    "we", "xi", "yo", "zu",
];

impl Joiners {
    /// The address of one of them.
    pub fn address(number: u32) -> String {
        format!("joiner{number}@people.example")
    }

    /// All their addresses.
    pub fn addresses(self) -> Vec<String> {
        (self.first..self.first + self.count).map(Self::address).collect()
    }

    /// Writes them as a file in the server's folder.
    fn write(self, program: &Program) -> Fallible<PathBuf> {
        let path = program.folder().join("joiners.csv");
        let mut file = BufWriter::new(File::create(&path)?);
        writeln!(
            file,
            "external_id,given_name,family_name,personal_email,mobile,language,sponsor,start_date,\
             time_zone,worker_type,department,groups"
        )?;
        let start = self.start()?;
        for number in self.first..self.first + self.count {
            let index = usize::try_from(number)?;
            let given = GIVEN[index % GIVEN.len()];
            let family = family_name(index / GIVEN.len());
            let address = Self::address(number);
            let sponsor = operator::ADDRESS;
            writeln!(
                file,
                "E-{number},{given},{family},{address},+351910000000,en,{sponsor},{start},\
                 Europe/Lisbon,employee,Department {},staff",
                number % 50
            )?;
        }
        file.flush()?;
        Ok(path)
    }

    #[expect(clippy::disallowed_methods, reason = "whoever starts today is invited at once")]
    fn start(self) -> Fallible<Date> {
        let today = Zoned::new(Timestamp::now(), TimeZone::UTC).date();
        Ok(if self.today { today } else { today.checked_add(1.year())? })
    }

    /// Imports them; gives how long the command took. Mail is taken meanwhile.
    pub async fn import(self, program: &Program) -> Fallible<Duration> {
        let program = program.clone();
        tokio::task::spawn_blocking(move || self.import_now(&program)).await?
    }

    fn import_now(self, program: &Program) -> Fallible<Duration> {
        let path = self.write(program)?;
        let began = Instant::now();
        let said = program.run(&["import", path.to_str().ok_or("a folder named in UTF-8")?])?;
        let took = began.elapsed();
        if said.starts_with(&format!("{} joined, 0 changed, 0 unchanged, 0 refused", self.count)) {
            return Ok(took);
        }
        Err(format!("the import answered: {said}").into())
    }

    /// Imports them and measures the server.
    pub async fn measure(self, program: &Program, server: &Server) -> Fallible<ImportRun> {
        settle(server).await?;
        host::forget_peak(server.id())?;
        let before = server.cpu()?;
        let took = self.import(program).await?;
        let used = server.cpu()?.saturating_sub(before);
        let peak_megabytes = server.memory()?.peak;
        let afterwards = settle(server).await?;
        let count = usize::try_from(self.count)?;
        Ok(ImportRun {
            rows: self.count,
            seconds: seconds(took),
            server_micros: each(used, count),
            afterwards_micros: each(afterwards, count),
            peak_megabytes,
        })
    }
}

/// A family name for each number; people who share it have different given names.
fn family_name(mut number: usize) -> String {
    let mut name = String::new();
    for _ in 0..4 {
        name.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    name[..1].to_uppercase() + &name[1..]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_million_people_have_a_million_names() {
        let names: HashSet<String> = (0..50_000).map(family_name).collect();
        assert_eq!(names.len(), 50_000);
        assert_eq!(family_name(21), "Cecebaba");
    }
}
