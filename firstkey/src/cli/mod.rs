//! The command line.

pub mod audit;
pub mod policy;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use firstkey_age::Recipient;
use serde::{Deserialize, Serialize};

use audit::Audit;
use policy::Policy;

/// The control plane for the first credential.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true)]
pub struct Cli {
    /// The configuration file.
    #[arg(long, global = true, default_value = "firstkey.toml", env = "FIRSTKEY_CONFIG")]
    pub config: PathBuf,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create the data folder when there is none, and serve.
    Up(Up),
    /// Invite an administrator from this terminal, and vouch for them by the code on their screen.
    Setup(Setup),
    /// Read joiners from a CSV file. All rows are checked before any is applied.
    Import(Import),
    /// Delete what is known of people who left. Cannot be undone; logged as done by the host's user.
    Erase(Erase),
    /// Grant or revoke operators' roles. Logged as done by the host's user.
    #[command(subcommand)]
    Role(Role),
    /// Look at policies.
    #[command(subcommand)]
    Policy(Policy),
    /// Import FIDO metadata, which says what is known about models of authenticators.
    #[command(subcommand)]
    Metadata(Metadata),
    /// Look at the log.
    #[command(subcommand)]
    Log(Log),
    /// Give the log away as lines of JSON, and check such lines offline.
    #[command(subcommand)]
    Audit(Audit),
    /// Write a checked copy of everything into one file that only its recipients can open. The unlock
    /// key is not in it. A server may be running.
    Backup(Backup),
    /// Make a data folder of a backup. Closes what was open in it and begins another epoch of the log.
    Restore(Restore),
    /// List keys, or replace one.
    #[command(subcommand)]
    Keys(Keys),
    /// Look at everything that can go wrong, and say of each what to do. Changes nothing; fails when
    /// there is a problem.
    Doctor(Doctor),
    /// Try on a copy of the data what this version would make of it, before it is started for the first
    /// time. Changes nothing; fails when it must not be started.
    Upgrade(Upgrade),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(Config),
    /// Make a machine key, and call the API with it.
    #[command(subcommand)]
    Api(Api),
    /// Verify a receipt offline, with a log key that you trust already.
    Verify(Verify),
    /// Accept the server's clock after it was moved; passes are minted again.
    AcceptClock {
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

/// Options of `up`.
#[derive(Debug, Args)]
pub struct Up {
    /// Make a sample organisation with a mailbox page, in a data folder of its own.
    #[arg(long)]
    pub demo: bool,
    /// Where to listen, such as 127.0.0.1:8080; overrides `server.listen`.
    #[arg(long)]
    pub listen: Option<std::net::SocketAddr>,
    /// The data folder; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Options of `setup`.
#[derive(Debug, Args)]
pub struct Setup {
    /// Somebody known already, by HR's identifier.
    #[arg(long, conflicts_with_all = ["given_name", "family_name", "email"])]
    pub person: Option<String>,
    /// Given name of somebody new.
    #[arg(long)]
    pub given_name: Option<String>,
    /// Family name of somebody new.
    #[arg(long)]
    pub family_name: Option<String>,
    /// E-mail address of somebody new.
    #[arg(long)]
    pub email: Option<String>,
    /// The code on their screen, when no terminal can ask for it.
    #[arg(long)]
    pub code: Option<String>,
    /// The data folder; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Options of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The file.
    pub file: PathBuf,
    /// Apply good rows although others are bad.
    #[arg(long)]
    pub skip_invalid: bool,
    /// The data folder; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Options of `erase`.
#[derive(Debug, Args)]
pub struct Erase {
    /// Who: HR's identifier, or the id in the address of their page. May be given several times.
    #[arg(long, required = true)]
    pub person: Vec<String>,
    /// Why: a ticket number, or words that name nobody. It stays in the log.
    #[arg(long)]
    pub reason: String,
    /// Do not ask.
    #[arg(long)]
    pub yes: bool,
    /// The data folder; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Options of `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write; nothing is overwritten.
    pub file: PathBuf,
    /// Whose secret key opens it, as `age-keygen` prints the public one (age1…). May be given several
    /// times.
    #[arg(long, required = true)]
    pub recipient: Vec<Recipient>,
    /// The data folder; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Options of `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup.
    pub file: PathBuf,
    /// The file of the secret key that opens it, as `age-keygen` writes it.
    #[arg(long)]
    pub identity: PathBuf,
    /// The newest checkpoint of the lifecycle log that was kept outside.
    #[arg(long, required_unless_present = "no_checkpoint")]
    pub checkpoint: Option<PathBuf>,
    /// Acknowledge that nobody kept a checkpoint outside: whether the backup is the newest, and how
    /// much is lost, cannot be known then, and the log will say so for ever.
    #[arg(long, conflicts_with = "checkpoint")]
    pub no_checkpoint: bool,
    /// The file of the unlock key; overrides `keys.unlock_file`.
    #[arg(long)]
    pub unlock_file: Option<PathBuf>,
    /// The data folder to make, which must be empty or not be there; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Options of `doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// As JSON.
    #[arg(long)]
    pub json: bool,
    /// The data folder; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Options of `upgrade`.
#[derive(Debug, Args)]
pub struct Upgrade {
    /// Only look. The upgrade itself is the next start of the server.
    #[arg(long, required = true)]
    pub check: bool,
    /// The data folder; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Commands about keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Print every key with its id, when it was made, and its state. No secret is printed.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Replace a key. Make a backup after it.
    Rotate {
        /// Which.
        which: KeyPurpose,
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

/// Keys that can be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPurpose {
    /// The key that signs the log; the old one signs that the new one follows it.
    Log,
    /// The key that encrypts all others in keys.json.
    Unlock,
    /// The secret behind challenges, nonces and codes that last for minutes; whoever is in the middle
    /// of one begins it again. In use from the next start.
    Ceremonies,
}

/// Commands about roles.
#[derive(Debug, Subcommand)]
pub enum Role {
    /// Give somebody a role.
    Grant(RoleChange),
    /// Take a role from somebody.
    Revoke(RoleChange),
}

/// Whose role, and which.
#[derive(Debug, Args)]
pub struct RoleChange {
    /// The person, by HR's identifier.
    #[arg(long)]
    pub person: String,
    /// administrator, officer, approver or auditor.
    #[arg(long, value_parser = role)]
    pub role: firstkey_domain::Role,
    /// The data folder; overrides `data.folder`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

fn role(name: &str) -> Result<firstkey_domain::Role, &'static str> {
    firstkey_domain::Role::from_name(name)
        .ok_or("the roles are administrator, officer, approver and auditor")
}

/// Commands about FIDO metadata.
#[derive(Debug, Subcommand)]
pub enum Metadata {
    /// Put a file of the FIDO Metadata Service into force. Logged as done by the host's user.
    Import {
        /// The file, as it was downloaded.
        file: PathBuf,
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Print which metadata is in force, and whether it is out of date.
    Show {
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

/// Commands about the log.
#[derive(Debug, Subcommand)]
pub enum Log {
    /// Check everything that the log holds, and refold every state from it. Only reads.
    Check {
        /// A receipt or checkpoint from before, which this log must continue.
        #[arg(long)]
        against: Option<PathBuf>,
        /// The log's public key, as printed at the first start, or a file that holds it; without
        /// it, the one in the data folder, which shows accidents and not a thief who had the folder.
        #[arg(long)]
        key: Option<String>,
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

/// Commands for programs that call the API.
#[derive(Debug, Subcommand)]
pub enum Api {
    /// Make a key in a new file that only you may read, and print its public part, to be registered in
    /// the console.
    Key {
        /// The file for the private key.
        #[arg(long)]
        out: PathBuf,
    },
    /// Call the API, and print the answer.
    Call(ApiCall),
}

/// Options of `api call`.
#[derive(Debug, Args)]
pub struct ApiCall {
    /// GET or POST.
    pub method: String,
    /// Path and query, such as /api/v1/people?search=ana.
    pub path: String,
    /// The file that `firstkey api key` made.
    #[arg(long)]
    pub key: PathBuf,
    /// The console's origin; without it, `server.console_origin` of the configuration.
    #[arg(long)]
    pub origin: Option<String>,
    /// The file with the JSON to send; - reads it from standard input.
    #[arg(long)]
    pub body: Option<PathBuf>,
    /// A key of your choice: the same request under the same key is done once.
    #[arg(long)]
    pub idempotency_key: Option<String>,
    /// The entity tag that the enrollment must still have.
    #[arg(long)]
    pub if_match: Option<String>,
    /// A file of certificates to trust instead of the system's.
    #[arg(long)]
    pub ca: Option<PathBuf>,
    /// Print the answer's headers to standard error.
    #[arg(long)]
    pub headers: bool,
}

/// Commands about the configuration.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Read the configuration and say what is wrong with it.
    Check,
    /// Print a configuration file with every key, its default, and what it means.
    Example,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The receipt.
    pub receipt: PathBuf,
    /// The log's public key, or a file that holds it.
    #[arg(long)]
    pub key: String,
}
