//! `firstkey audit`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

/// How entries are written.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum ExportFormat {
    /// As they were logged, and can be checked.
    #[default]
    Lines,
    /// Events of the Open Cybersecurity Schema Framework.
    Ocsf,
}

/// What auditors keep.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Write the signed entries of a log into a new file, one a line, and the checkpoint that covers them
    /// beside it. What is confidential is not in it. A server may be running.
    Export {
        /// The file. The checkpoint goes into one of the same name with `.checkpoint` after it.
        #[arg(long)]
        out: PathBuf,
        /// Which log: lifecycle, or access/ and a month, such as access/2026-11.
        #[arg(long, default_value = "lifecycle")]
        log: String,
        /// The first entry, counted from 0: as many as the exports before have lines.
        #[arg(long, default_value_t = 0)]
        from: u64,
        /// As lines that `audit check` takes, or as events of OCSF 1.8 for a collector.
        #[arg(long, value_enum, default_value_t)]
        format: ExportFormat,
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Check lines against a checkpoint, with a log key that you trust already. Needs nothing else.
    Check {
        /// The files, from the log's first entry on.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The checkpoint; without it, the one beside the last file.
        #[arg(long)]
        checkpoint: Option<PathBuf>,
        /// The log's public key, or a file that holds it.
        #[arg(long)]
        key: String,
    },
}
