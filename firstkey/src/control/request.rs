//! What can be asked, and what is answered: one JSON object a line, and a file's bytes after an import.

use std::path::PathBuf;

use firstkey_app::metadata::LONGEST_METADATA;
use firstkey_domain::Role;
use serde::{Deserialize, Serialize};

use crate::{
    cli::{KeyPurpose, policy::Asked},
    commands::import::ImportReport,
};

/// What can be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Make a setup link for an administrator.
    Setup {
        /// Somebody known, by HR's identifier.
        person: Option<String>,
        /// Somebody new.
        new: Option<NewAdministrator>,
    },
    /// Vouch by the code on their screen.
    SetupCode {
        /// The enrollment.
        enrollment: String,
        /// The code.
        code: String,
    },
    /// Apply a CSV file whose bytes follow.
    Import {
        /// Apply good rows although others are bad.
        skip_invalid: bool,
        /// How many bytes follow.
        bytes: u64,
    },
    /// Delete what is known of people who left.
    Erase {
        /// The people, by HR's identifier or ours.
        people: Vec<String>,
        /// Why.
        reason: String,
    },
    /// Put a policy into force.
    ActivatePolicy {
        /// Its text.
        text: String,
    },
    /// Print the steps that the planner would ask of a person.
    Plan {
        /// The person, by HR's identifier.
        person: String,
        /// Ask this policy instead of the one in force.
        policy: Option<String>,
    },
    /// Say whether somebody may do something, why, and what would change it.
    Explain {
        /// The person, by HR's identifier.
        person: String,
        /// What they would do.
        asked: Asked,
        /// Whom it would concern, by HR's identifier.
        about: Option<String>,
        /// Ask this policy instead of the one in force.
        policy: Option<String>,
    },
    /// Put into force the FIDO metadata whose bytes follow.
    ImportMetadata {
        /// How many bytes follow.
        bytes: u64,
    },
    /// Say which FIDO metadata is in force.
    ShowMetadata,
    /// Copy database and keys as they are at one moment.
    Snapshot,
    /// Replace a key.
    RotateKey {
        /// Which.
        which: KeyPurpose,
    },
    /// Accept the clock as it is now.
    AcceptClock,
    /// Grant or revoke a role.
    Role {
        /// The person, by HR's identifier.
        person: String,
        /// Which.
        role: Role,
        /// Whether they are to hold it.
        held: bool,
    },
}

/// A file that follows a request.
#[derive(Debug, Clone, Copy)]
pub struct Following {
    /// How many bytes it has.
    pub bytes: u64,
    /// How many it may have.
    pub most: u64,
}

impl Request {
    /// The file that follows, if one does.
    pub const fn following(&self) -> Option<Following> {
        match self {
            // It is worked on from the disk, whatever its size.
            Self::Import { bytes, .. } => Some(Following { bytes: *bytes, most: u64::MAX }),
            Self::ImportMetadata { bytes } => {
                Some(Following { bytes: *bytes, most: LONGEST_METADATA })
            }
            _ => None,
        }
    }
}

/// An administrator who is not known yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAdministrator {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// E-mail address.
    pub email: String,
}

/// What is answered.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Response {
    /// The setup link. It goes to the terminal or a private file, nowhere else.
    SetupLink {
        /// The enrollment, for the code.
        enrollment: String,
        /// The address.
        address: String,
    },
    /// The code was right.
    Matched,
    /// The code was wrong; so many tries are left.
    WrongCode {
        /// Tries left.
        left: u8,
    },
    /// Copied, into this folder; whoever asked removes it.
    Snapshot(PathBuf),
    /// What became of an import.
    Imported(ImportReport),
    /// Done; this is to be said.
    Said(String),
    /// Refused, and why.
    Refused(String),
}
