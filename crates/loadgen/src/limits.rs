//! What one core and the disk can do at most: the figures beside which all others stand.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _,
        UnparsedPublicKey,
    },
};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::{
    Fallible,
    figures::{micros, percentile},
    host,
    load::each,
};

/// How long each limit is measured.
const SPAN: Duration = Duration::from_millis(1500);

/// What one core and the disk can do at most. All in microseconds.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    /// One P-256 verification, the key read first.
    pub verification: f64,
    /// One P-256 signature.
    pub signature: f64,
    /// `fdatasync` after a write of 4 KiB: the median.
    pub fdatasync: f64,
    /// One durable SQLite commit of one row: time.
    pub commit: f64,
    /// The same: CPU time.
    pub commit_cpu: f64,
}

/// Measures on this core, and prints JSON.
pub fn print(folder: &Path) -> Fallible<()> {
    let (commit, commit_cpu) = commits(&folder.join("limits.db"))?;
    let limits = Limits {
        verification: verification()?,
        signature: signature()?,
        fdatasync: fdatasync(&folder.join("limits.bin"))?,
        commit,
        commit_cpu,
    };
    println!("{}", serde_json::to_string(&limits)?);
    Ok(())
}

/// Measures on another core: by this program, pinned there.
pub fn on_core(core: usize, folder: &Path) -> Fallible<Limits> {
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", &core.to_string()]).arg(std::env::current_exe()?);
    let output = command.arg("limits").arg(folder).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

const MESSAGE: &[u8] = &[7; 200];

fn verification() -> Fallible<f64> {
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)?;
    let signature = key.sign(&random(), MESSAGE)?;
    let public = key.public_key().as_ref();
    repeated(|| {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, public)
            .verify(MESSAGE, signature.as_ref())?;
        Ok(())
    })
}

fn signature() -> Fallible<f64> {
    let (key, random) = (EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)?, random());
    repeated(|| {
        std::hint::black_box(key.sign(&random, MESSAGE)?);
        Ok(())
    })
}

#[expect(clippy::disallowed_methods, reason = "ECDSA's secret per signature is no decision")]
fn random() -> SystemRandom {
    SystemRandom::new()
}

/// Microseconds of CPU that one takes, over the span.
fn repeated(mut one: impl FnMut() -> Fallible<()>) -> Fallible<f64> {
    let me = std::process::id();
    let (cpu, began, mut count) = (host::cpu_time(me)?, Instant::now(), 0);
    while began.elapsed() < SPAN {
        for _ in 0..100 {
            one()?;
        }
        count += 100;
    }
    Ok(each(host::cpu_time(me)?.saturating_sub(cpu), count))
}

fn fdatasync(path: &Path) -> Fallible<f64> {
    let mut file = File::create(path)?;
    let (began, mut times) = (Instant::now(), Vec::new());
    while began.elapsed() < SPAN {
        file.write_all(&[7; 4096])?;
        let began = Instant::now();
        file.sync_data()?;
        times.push(micros(began.elapsed()));
    }
    fs::remove_file(path)?;
    times.sort_by(f64::total_cmp);
    Ok(percentile(&times, 50))
}

/// Time and CPU time of a commit, with the settings that the server's store uses.
fn commits(path: &Path) -> Fallible<(f64, f64)> {
    let database = Connection::open(path)?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE entries (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;",
    )?;
    let mut insert = database.prepare("INSERT INTO entries (content) VALUES ($1)")?;
    let me = std::process::id();
    let (cpu, began, mut count) = (host::cpu_time(me)?, Instant::now(), 0);
    while began.elapsed() < SPAN {
        insert.execute([[7_u8; 500]])?;
        count += 1;
    }
    let (took, used) = (began.elapsed(), host::cpu_time(me)?.saturating_sub(cpu));
    drop(insert);
    drop(database);
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        // SQLite removes the second and third itself when it closes well.
        let _ = fs::remove_file(name);
    }
    Ok((each(took, count), each(used, count)))
}
