//! Opening the application on a data folder.

use std::sync::Arc;

use firstkey_app::{App, policy::Activate};
use firstkey_domain::{StreamId, policy::Policy};
use firstkey_log::note::NoteVerifier;
use firstkey_ports::Clock;
use firstkey_store_sqlite::{Options, SqliteStore};

use crate::{
    commands::CommandError,
    config::Config,
    data::{DataFolder, KeyFolder},
    host::{HostClock, HostEntropy, KeptClock, current_user},
};

/// The application of this process.
pub type HostApp = App<SqliteStore>;

/// An opened application.
pub struct Opened {
    /// The application.
    pub app: Arc<HostApp>,
    /// Where its keys are.
    pub keys: Arc<KeyFolder>,
    /// The log's public key.
    pub log: NoteVerifier,
    /// Whether its keys were made just now.
    pub is_new: bool,
}

/// Opens the application; makes keys and database when there are none and `may_make`. Puts `policy`
/// into force when none is.
pub async fn open(
    config: &Config,
    folder: &DataFolder,
    may_make: bool,
    policy: &str,
) -> Result<Opened, CommandError> {
    let entropy = HostEntropy::new();
    let site = config.site().map_err(|error| CommandError::said(error.to_string()))?;
    let log_name = log_name(&site.console_origin);
    let keys = KeyFolder::new(folder, &config.keys.unlock_file);
    let opened = keys.open(&log_name, may_make, &entropy, HostClock.read().wall)?;
    if may_make {
        folder.make_database()?;
    }
    let clock = KeptClock::open(&folder.clock())
        .map_err(|error| CommandError::said(format!("{}: {error}", folder.clock().display())))?;
    let store = SqliteStore::open(folder.database(), Options::default())?;
    let app =
        App::new(store, Arc::new(clock), Arc::new(entropy), opened.keys, site, config.settings()?)
            .await?;
    if app.peek::<Policy>(StreamId::POLICY).await.map_err(CommandError::failed)?.is_none() {
        let activate = Activate { host: current_user(), text: policy.to_owned() };
        app.run(&activate).await.map_err(CommandError::failed)?;
    }
    let log = match opened.next_log {
        Some(next) => keys.settle_log_key(&app, next).await?,
        None => opened.log,
    };
    let signs = app.log_key().await.map_err(CommandError::failed)?;
    if let Some(signs) = signs.filter(|signs| *signs != log.to_string()) {
        return Err(CommandError::said(format!(
            "the log is signed by {signs}, and {} holds another key: it is older than the database; \
             put back the newest one",
            keys.file().display()
        )));
    }
    Ok(Opened { app: Arc::new(app), keys: Arc::new(keys), log, is_new: opened.is_new })
}

/// The name of the logs: the console's host, without scheme and port.
pub fn log_name(console_origin: &str) -> String {
    let host = console_origin.split("://").nth(1).unwrap_or(console_origin);
    let host = host.split(':').next().unwrap_or(host);
    format!("{host}/log")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use firstkey_policy::DEFAULT;

    use super::*;
    use crate::data::KEY_FILE;

    async fn opened(config: &Config, may_make: bool) -> Result<Opened, CommandError> {
        let folder = DataFolder::create(&config.data.folder)?;
        Box::pin(open(config, &folder, may_make, DEFAULT)).await
    }

    /// Whoever was stopped here comes back as another process.
    async fn stopped(opened: Opened) {
        opened.app.sequence_once().await.unwrap();
        opened.app.store().close().await;
    }

    #[tokio::test]
    async fn rule_21_a_start_ends_a_rotation_as_the_log_says() {
        let place = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.data.folder = place.path().join("data");
        let file = config.data.folder.join(KEY_FILE);
        let made = opened(&config, true).await.unwrap();
        let (entropy, now) = (HostEntropy::new(), made.app.now());
        let first = made.log.clone();

        // Stopped before the log was told: the old key goes on, and the new one is forgotten.
        made.keys.stage_log_key(&entropy, now).unwrap();
        stopped(made).await;
        let again = opened(&config, false).await.unwrap();
        assert_eq!(again.log, first);
        assert!(again.keys.staged_log_key().is_err());
        let old = fs::read(&file).unwrap();

        // Stopped after: the new key goes on, and the old one is forgotten.
        let next = again.keys.stage_log_key(&entropy, now).unwrap();
        let second = next.verifier();
        again.app.rotate_log_key("root", next).await.unwrap();
        stopped(again).await;
        let again = opened(&config, false).await.unwrap();
        assert_eq!(again.log, second);
        assert_eq!(again.app.keys().log().verifier(), second);
        assert!(again.keys.staged_log_key().is_err());
        stopped(again).await;

        // A key file of before does not go on with a key that has a successor.
        fs::write(&file, old).unwrap();
        let refused = opened(&config, false).await.map(drop).unwrap_err().to_string();
        assert!(refused.contains("older than the database"), "{refused}");
    }
}
