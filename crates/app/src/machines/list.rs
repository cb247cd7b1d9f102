//! Machine keys, for the page that lists them.

use firstkey_domain::{StreamKind, machine_key::MachineKey};

use crate::{App, Backend, Fault, Outcome};

/// How many are listed: more than anybody keeps track of.
const MOST: u32 = 1000;

impl<S: Backend> App<S> {
    /// The machine keys, newest first.
    pub async fn machine_keys(&self) -> Outcome<Vec<MachineKey>, std::convert::Infallible> {
        self.first_machine_keys(MOST).await
    }

    /// At most so many machine keys, newest first.
    pub(crate) async fn first_machine_keys(
        &self,
        most: u32,
    ) -> Outcome<Vec<MachineKey>, std::convert::Infallible> {
        let stored = self.store.states_of(StreamKind::MachineKey, most).await?;
        let mut keys = Vec::with_capacity(stored.len());
        for each in stored {
            let json = self.keys.rows.open_state(each.stream, each.version, &each.state);
            let key = json.and_then(|json| serde_json::from_slice(json).ok());
            let key: MachineKey = key.ok_or_else(|| Fault::Corrupt(each.stream.to_string()))?;
            keys.push(key);
        }
        keys.sort_by_key(|key| std::cmp::Reverse((key.registered, key.grant.key)));
        Ok(keys)
    }
}
