//! `firstkey policy`.

use std::{path::PathBuf, str::FromStr};

use clap::{Subcommand, ValueEnum};
use firstkey_policy::Operation;
use serde::{Deserialize, Serialize};

/// Commands about policies.
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Validate a Cedar file strictly. Any error refuses.
    Check {
        /// The file; without it, the policy that ships with this binary.
        file: Option<PathBuf>,
    },
    /// Print the steps that the planner would ask of a person.
    Plan {
        /// The person, by HR's identifier.
        person: String,
        /// Ask this policy instead of the one in force.
        #[arg(long)]
        file: Option<PathBuf>,
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Say whether somebody may do something, which rule decides, and what would change it.
    Explain {
        /// The person, by HR's identifier.
        person: String,
        /// What they would do: an action of the policy, such as vouch, or `enroll`.
        action: Asked,
        /// Whom it would concern, by HR's identifier.
        #[arg(long)]
        about: Option<String>,
        /// Ask this policy instead of the one in force.
        #[arg(long)]
        file: Option<PathBuf>,
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Print a policy that ships with this binary.
    Show {
        /// Which: the one of a new installation, or two administrators who vouch for everybody.
        #[arg(value_enum, default_value_t)]
        pack: Pack,
    },
    /// Put a policy into force. Logged as done by the host's user.
    Activate {
        /// The file.
        #[arg(required_unless_present = "pack")]
        file: Option<PathBuf>,
        /// One that ships with this binary, instead of a file.
        #[arg(long, value_enum, conflicts_with = "file")]
        pack: Option<Pack>,
        /// The data folder; overrides `data.folder`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

/// What `policy explain` can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// To get a pass, and with it a passkey.
    Enroll,
    /// To do something in the console.
    Operation(Operation),
}

impl FromStr for Asked {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        if word == "enroll" {
            return Ok(Self::Enroll);
        }
        let found = Operation::ALL.iter().find(|operation| operation.name() == word);
        found.copied().map(Self::Operation).ok_or_else(|| {
            let all: Vec<_> = Operation::ALL.iter().map(|each| each.name()).collect();
            format!("there is no such action; there are enroll, {}", all.join(", "))
        })
    }
}

/// The policies that ship.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Pack {
    /// The policy of a new installation.
    #[default]
    Default,
    /// Two administrators vouch for everybody.
    SmallOrganisation,
}
