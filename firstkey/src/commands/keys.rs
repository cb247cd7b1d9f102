//! `firstkey keys list` and `firstkey keys rotate`.

use std::process::ExitCode;

use firstkey_log::note::NoteVerifier;
use firstkey_ports::Clock;
use jiff::Timestamp;
use serde::Serialize;

use super::CommandError;
use crate::{
    cli::KeyPurpose,
    config::Config,
    data::{DataFolder, KeyFolder, Secret, UnlockFile, UnlockKey},
    host::{HostClock, HostEntropy},
    running::{HostApp, log_name},
};

/// A key, and nothing secret of it.
#[derive(Debug, Serialize)]
struct Listed {
    key: &'static str,
    id: String,
    made: Option<Timestamp>,
    state: &'static str,
    /// What it is for.
    purpose: &'static str,
}

/// Lists the keys of a data folder.
pub fn list(config: &Config, json: bool) -> Result<ExitCode, CommandError> {
    let folder = DataFolder::existing(&config.data.folder)?;
    let keys = KeyFolder::new(&folder, &config.keys.unlock_file);
    let site = config.site().map_err(CommandError::failed)?;
    let name = log_name(&site.console_origin);
    let opened = keys.open(&name, false, &HostEntropy::new(), HostClock.read().wall)?;
    let (unlock, file) = keys.read()?;
    let secrets = &file.secrets;
    let mut listed = vec![of_log(&opened.log, &secrets.log, "signs")];
    if let (Some(next), Some(secret)) = (&opened.next_log, &secrets.next_log) {
        listed.push(of_log(&next.verifier(), secret, "to sign next"));
    }
    let state = if UnlockFile::is_in_environment() { "from the environment" } else { "in a file" };
    let unlock = Listed {
        key: "unlock",
        id: unlock.id(),
        made: None,
        state,
        purpose: "encrypts keys.json; in no backup",
    };
    listed.push(unlock);
    for (key, purpose) in DERIVED_OF_ROOT {
        listed.push(derived(key, purpose, &secrets.root));
    }
    for (key, purpose) in DERIVED_OF_CEREMONIES {
        listed.push(derived(key, purpose, secrets.ceremonies.as_ref().unwrap_or(&secrets.root)));
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&listed).map_err(CommandError::failed)?);
    } else {
        for Listed { key, id, made, state, purpose } in &listed {
            let made = made.map_or_else(|| "not written down".to_owned(), |made| made.to_string());
            println!("{key:<12} {id}  {made:<30}  {state:<20}  {purpose}");
        }
        println!("The log's public key:\n  {}", opened.log);
    }
    Ok(ExitCode::SUCCESS)
}

/// What is derived from the root secret.
const DERIVED_OF_ROOT: [(&str, &str); 2] = [
    ("rows", "seals states, authenticators, roles and sessions; hides reserved names"),
    ("locators", "makes links of invitations and of notices"),
];

/// What is derived from the secret of ceremonies.
const DERIVED_OF_CEREMONIES: [(&str, &str); 4] = [
    ("tickets", "encrypts challenges on their way through the browser"),
    ("nonces", "makes the nonces of proofs"),
    ("codes", "makes the codes on applicants' screens"),
    ("statements", "signs what the console tells the enrollment pages"),
];

fn of_log(key: &NoteVerifier, secret: &Secret, state: &'static str) -> Listed {
    let id = key.key_id().to_string();
    Listed { key: "log", id, made: secret.made, state, purpose: "signs the log's checkpoints" }
}

fn derived(key: &'static str, purpose: &'static str, from: &Secret) -> Listed {
    Listed { key, id: from.id(), made: from.made, state: "in use", purpose }
}

impl UnlockKey {
    fn id(&self) -> String {
        Secret::of(self.expose()).id()
    }
}

/// Replaces a key.
pub async fn rotate(
    app: &HostApp,
    keys: &KeyFolder,
    host: &str,
    which: KeyPurpose,
) -> Result<String, String> {
    let _held = keys.hold().await;
    let rotated = match which {
        KeyPurpose::Log => rotate_log(app, keys, host).await,
        KeyPurpose::Unlock => keys
            .rotate_unlock(app.entropy())
            .map(|()| {
                "keys.json is encrypted under a new unlock key. Backups that were made before still \
                 need the old one: make a new one now."
                    .to_owned()
            })
            .map_err(|error| error.to_string()),
        KeyPurpose::Ceremonies => {
            let next = Secret::draw(app.entropy(), app.now());
            keys.change(app.entropy(), |secrets| secrets.ceremonies = Some(next))
                .map(|()| "The new secret is used from the next start of the server.".to_owned())
                .map_err(|error| error.to_string())
        }
    };
    let which = format!("{which:?}").to_lowercase();
    match &rotated {
        Ok(_) => {
            tracing::warn!(event = "key.rotated", host, which, "a key was replaced");
        }
        Err(error) => {
            tracing::error!(
                event = "key.not_rotated",
                host,
                which,
                error,
                "a key was not replaced"
            );
        }
    }
    rotated
}

/// The new key is kept before it is named, and the old one until it is: stopped in between, the next
/// start ends what the log says was begun.
async fn rotate_log(app: &HostApp, keys: &KeyFolder, host: &str) -> Result<String, String> {
    let old = app.keys().log().verifier();
    let said = |error: crate::data::KeyFileError| error.to_string();
    let now = app.now();
    let next = keys.stage_log_key(app.entropy(), now).map_err(said)?;
    let again = keys.staged_log_key().map_err(said)?;
    let rotated = app.rotate_log_key(host, next).await;
    let key = keys.settle_log_key(app, again).await.map_err(said)?;
    rotated.map_err(|fault| fault.to_string())?;
    let folder = keys.file().parent().unwrap_or(std::path::Path::new("."));
    crate::data::write_private(&folder.join("log.pub"), format!("{key}\n").as_bytes())
        .map_err(|error| error.to_string())?;
    Ok(format!(
        "The key {} signs the log from here on, as {} signed. Whoever pinned the old key can go on; give \
         the new one to whoever pins it from now on:\n  {key}\nMake a backup now: those from before hold \
         the old key.",
        key.key_id(),
        old.key_id()
    ))
}
