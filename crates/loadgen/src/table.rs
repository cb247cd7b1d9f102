//! The report as a table: every figure beside the raw limits of the same run.

use std::fmt::{self, Write as _};

use crate::{bench::Report, figures::median, import::ImportRun, limits::Limits, load::Run};

/// The whole report.
pub fn shown(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write_all(&mut out, report);
    out
}

fn write_all(out: &mut String, report: &Report) -> fmt::Result {
    let Report { limits, processor, .. } = report;
    writeln!(out, "\nRaw limits of the server's core ({processor}) and its disk")?;
    writeln!(out, "  P-256 verification  {:>8.1} µs", limits.verification)?;
    writeln!(out, "  P-256 signature     {:>8.1} µs", limits.signature)?;
    writeln!(out, "  fdatasync, median   {:>8.1} µs", limits.fdatasync)?;
    writeln!(
        out,
        "  SQLite commit       {:>8.1} µs, {:.1} µs of it CPU",
        limits.commit, limits.commit_cpu
    )?;
    imports(out, report)?;
    writeln!(
        out,
        "\n{:<12}{:>8}{:>11}{:>9}{:>11}{:>11}{:>9}{:>11}{:>8}{:>8}{:>8}{:>8}",
        "",
        "clients",
        "a core-s",
        "a s",
        "p50",
        "p99",
        "CPU",
        "afterwards",
        "verif.",
        "commits",
        "server",
        "client"
    )?;
    for (name, levels) in [("enrollments", &report.enrollments), ("sign-ins", &report.sign_ins)] {
        for runs in levels {
            level(out, name, runs, limits)?;
        }
    }
    writeln!(
        out,
        "\n  CPU and afterwards: the server's CPU time for one, until it was done and what it put off\n  \
         (mail). verif., commits: how many P-256 verifications or raw SQLite commits take the CPU\n  \
         time of one. server, client: their shares of their cores. Medians of {} runs.",
        report.sign_ins.first().or(report.enrollments.first()).map_or(0, Vec::len)
    )?;
    memory(out, report)?;
    targets(out, report)
}

fn imports(out: &mut String, report: &Report) -> fmt::Result {
    let runs = &report.imports;
    if runs.is_empty() {
        return Ok(());
    }
    let cpu = median(runs, |run| run.server_micros);
    writeln!(out, "\nImporting {} rows, by the command line", runs[0].rows)?;
    writeln!(
        out,
        "  {:.0} a second; {:.0} a core-second; {cpu:.0} µs CPU each, as much as {:.1} raw commits",
        median(runs, ImportRun::per_second),
        median(runs, ImportRun::per_core_second),
        cpu / report.limits.commit_cpu,
    )
}

fn level(out: &mut String, name: &str, runs: &[Run], limits: &Limits) -> fmt::Result {
    let of = |part: fn(&Run) -> f64| median(runs, part);
    let cpu = of(|run| run.server_micros);
    writeln!(
        out,
        "{name:<12}{:>8}{:>11.0}{:>9.0}{:>8.2} ms{:>8.2} ms{:>6.0} µs{:>8.0} µs{:>8.1}{:>8.1}{:>7.0}%{:>7.0}%",
        runs.first().map_or(0, |run| run.clients),
        of(Run::per_core_second),
        of(Run::per_second),
        of(|run| run.p50_micros) / 1e3,
        of(|run| run.p99_micros) / 1e3,
        cpu,
        of(|run| run.afterwards_micros),
        cpu / limits.verification,
        cpu / limits.commit_cpu,
        of(|run| run.server_share) * 100.0,
        of(|run| run.generator_share) * 100.0,
    )
}

fn memory(out: &mut String, report: &Report) -> fmt::Result {
    writeln!(out, "\nStart and memory")?;
    for (name, starts) in [("empty folder", &report.new), ("all this data", &report.full)] {
        let Some(starts) = starts else { continue };
        writeln!(
            out,
            "  {name:<14} first answer after {:.1} ms; {:.1} MB when idle",
            starts.median_millis, starts.idle_megabytes
        )?;
    }
    let peak =
        |runs: &[Vec<Run>]| runs.iter().flatten().map(|run| run.peak_megabytes).fold(0.0, f64::max);
    let imports = report.imports.iter().map(|run| run.peak_megabytes).fold(0.0, f64::max);
    writeln!(
        out,
        "  at most        {imports:.1} MB importing; {:.1} MB enrolling; {:.1} MB signing in",
        peak(&report.enrollments),
        peak(&report.sign_ins)
    )
}

/// One thing that Firstkey wants to be.
struct Target {
    name: &'static str,
    wanted: f64,
    measured: Option<f64>,
    is_most: bool,
}

fn targets(out: &mut String, report: &Report) -> fmt::Result {
    let at_most_clients =
        |levels: &[Vec<Run>]| levels.last().map(|runs| median(runs, Run::per_core_second));
    let imports =
        (!report.imports.is_empty()).then(|| median(&report.imports, ImportRun::per_second));
    let all = [
        Target::least(
            "sign-ins a core-second, 64 clients",
            5000.0,
            at_most_clients(&report.sign_ins),
        ),
        Target::least(
            "enrollments a core-second, 64 clients",
            400.0,
            at_most_clients(&report.enrollments),
        ),
        Target::least("joiners imported a second", 5000.0, imports),
        Target::most(
            "first answer after, in ms",
            100.0,
            report.full.as_ref().map(|starts| starts.median_millis),
        ),
        Target::most(
            "memory when idle, in MB",
            40.0,
            report.new.as_ref().map(|it| it.idle_megabytes),
        ),
    ];
    writeln!(out, "\nTargets")?;
    for Target { name, wanted, measured, is_most } in all {
        let Some(measured) = measured else { continue };
        let is_reached = if is_most { measured <= wanted } else { measured >= wanted };
        let verdict = if is_reached { "reached" } else { "NOT REACHED" };
        writeln!(out, "  {name:<40}{wanted:>8.0}{measured:>10.1}  {verdict}")?;
    }
    Ok(())
}

impl Target {
    const fn least(name: &'static str, wanted: f64, measured: Option<f64>) -> Self {
        Self { name, wanted, measured, is_most: false }
    }

    const fn most(name: &'static str, wanted: f64, measured: Option<f64>) -> Self {
        Self { name, wanted, measured, is_most: true }
    }
}
