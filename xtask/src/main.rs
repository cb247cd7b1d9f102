//! `cargo xtask`: the chores of this repository.

mod bench;
mod command;
mod dist;
mod failure;
mod fuzz;
mod kills;
mod prerequisites;
mod screenshots;
mod steps;
mod tally;
mod test;
mod workspace;

use std::process::ExitCode;

use failure::Failure;

/// A chore, by what is typed for it.
struct Chore {
    name: &'static str,
    purpose: &'static str,
    run: fn() -> Result<(), Failure>,
}

const CHORES: &[Chore] = &[
    Chore { name: "test", purpose: "check everything that a change must pass", run: test::run },
    Chore {
        name: "prerequisites",
        purpose: "find or install what the tests need, and say where it is",
        run: prerequisites::run,
    },
    Chore { name: "bench", purpose: "measure speed and memory of a release", run: bench::full },
    Chore {
        name: "bench --quick",
        purpose: "a little of the same, to see that it works",
        run: bench::quick,
    },
    Chore {
        name: "bench --only console",
        purpose: "measure what pages read among a thousand people and a million",
        run: bench::console,
    },
    Chore { name: "soak", purpose: "import a million rows and watch the memory", run: bench::soak },
    Chore {
        name: "kills",
        purpose: "kill the server 200 times while people enroll",
        run: kills::run,
    },
    Chore { name: "dist", purpose: "make and try what is given to operators", run: dist::run },
    Chore {
        name: "package",
        purpose: "try the package, with the binary that tests use",
        run: dist::try_light,
    },
    Chore { name: "fuzz", purpose: "run every fuzz target for a short while", run: fuzz::short },
    Chore {
        name: "screenshots",
        purpose: "take the README's pictures anew",
        run: screenshots::run,
    },
];

fn main() -> ExitCode {
    let asked = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    if matches!(asked.as_str(), "help" | "--help" | "-h") {
        print_help();
        return ExitCode::SUCCESS;
    }
    let outcome = if let Some(minutes) = asked.strip_prefix("fuzz --minutes ") {
        fuzz::minutes(minutes)
    } else if let Some(chore) = CHORES.iter().find(|chore| chore.name == asked) {
        (chore.run)()
    } else {
        print_help();
        return ExitCode::from(2);
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::FAILURE
        }
    }
}

fn print_help() {
    println!("Usage: cargo xtask <chore>\n");
    for Chore { name, purpose, .. } in CHORES {
        println!("  {name:<20} {purpose}");
    }
    println!("  {:<20} the same, each for N minutes", "fuzz --minutes N");
}
