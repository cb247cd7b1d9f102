//! The log, without reading it all.

use firstkey_app::audit;
use firstkey_log::note::NoteVerifier;
use firstkey_ports::LogName;
use firstkey_store_sqlite::SqliteStore;

use super::Finding;

/// Heads, tiles and signatures.
pub async fn heads(store: &SqliteStore, key: &NoteVerifier, is_running: bool) -> Finding {
    let heads = match audit::heads(store, key).await {
        Ok(heads) => heads,
        Err(error) => {
            let to_do = "run `firstkey log check`, and keep the folder as it is";
            return Finding::problem("log", error.to_string(), to_do);
        }
    };
    let behind = heads.iter().find(|head| head.is_behind || head.signed < head.entries);
    if let Some(behind) = behind.filter(|_| !is_running) {
        let found = format!("log {} has entries that are not signed", behind.log);
        return Finding::warning("log", found, "start the server, which signs them");
    }
    let lifecycle = heads.iter().find(|head| head.log == LogName::Lifecycle);
    let (entries, signed) = lifecycle.map_or((0, 0), |head| (head.entries, head.signed));
    Finding::ok("log", format!("{entries} lifecycle entries, {signed} of them signed; tiles agree"))
}
