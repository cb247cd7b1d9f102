//! Writes the manual pages and the completions of shells into a folder. `cargo xtask dist` calls it; what
//! is shipped carries none of it.

use std::{env, fs, io, path::PathBuf};

use clap::CommandFactory;
use clap_complete::{Shell, generate_to};

#[path = "../src/cli/mod.rs"]
#[allow(dead_code, reason = "a description of the command line is all that is wanted of it")]
mod cli;

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("name a folder to write into"))?;
    fs::create_dir_all(&folder)?;
    let mut command = cli::Cli::command();
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut command, "firstkey", &folder)?;
    }
    clap_mangen::generate_to(command, &folder)
}
