//! What was signed
//! (<https://fidoalliance.org/specs/mds/fido-metadata-service-v3.1.1-ps-20260105.html#sctn-mds-blob-payload>).

use std::collections::{HashMap, HashSet};
use std::time::SystemTime;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Date, Entry, EntryError, KeyIdentifier, MetadataError, ModelFacts};
use crate::ids::Aaguid;

/// Verified metadata.
#[derive(Debug, Clone)]
pub struct Metadata {
    number: u64,
    next_update: Date,
    legal_header: Option<String>,
    entries: Vec<Entry>,
    set_aside: Vec<SetAside>,
    by_aaguid: HashMap<Aaguid, usize>,
    by_key: HashMap<KeyIdentifier, usize>,
}

/// An entry that is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetAside {
    /// Its place in the BLOB, from zero.
    pub index: usize,
    /// The AAGUID that it names, when that much could be read.
    pub aaguid: Option<Aaguid>,
    /// Why it is not used.
    pub reason: EntryError,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    legal_header: Option<String>,
    no: u64,
    next_update: String,
    #[serde(borrow)]
    entries: Vec<&'a RawValue>,
}

/// Step 8: reads every entry that can be read.
pub(crate) fn read(json: &[u8]) -> Result<Metadata, MetadataError> {
    let payload: Payload<'_> = serde_json::from_slice(json).map_err(|_| MetadataError::Payload)?;
    let next_update = Date::from_text(&payload.next_update).ok_or(MetadataError::Payload)?;
    let mut read = Vec::new();
    let mut set_aside = Vec::new();
    for (index, json) in payload.entries.iter().enumerate() {
        match Entry::read(json) {
            Ok(entry) => read.push((index, entry)),
            Err(reason) => set_aside.push(SetAside { index, aaguid: aaguid_in(json), reason }),
        }
    }
    let mut twice = named_twice(read.iter().map(|(_, entry)| entry));
    twice.extend(set_aside.iter().filter_map(|entry| entry.aaguid).map(Name::Aaguid));
    let mut entries = Vec::new();
    for (index, entry) in read {
        if names(&entry).any(|name| twice.contains(&name)) {
            let (aaguid, reason) = (entry.aaguid, EntryError::Duplicate);
            set_aside.push(SetAside { index, aaguid, reason });
        } else {
            entries.push(entry);
        }
    }
    set_aside.sort_by_key(|entry| entry.index);
    Ok(Metadata {
        number: payload.no,
        next_update,
        legal_header: payload.legal_header,
        by_aaguid: index(&entries, |entry| entry.aaguid.as_slice()),
        by_key: index(&entries, |entry| &entry.key_identifiers),
        entries,
        set_aside,
    })
}

impl Metadata {
    /// The BLOB's number, which grows.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The day by which the next BLOB is to be published.
    pub fn next_update(&self) -> Date {
        self.next_update
    }

    /// Whether the day of the next update is over: there should be a newer BLOB by now.
    pub fn is_stale_at(&self, now: SystemTime) -> bool {
        now >= self.next_update.ends()
    }

    /// The terms under which it is published.
    pub fn legal_header(&self) -> Option<&str> {
        self.legal_header.as_deref()
    }

    /// All models that could be read, in the BLOB's order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries that are not used, and why: something to tell an operator.
    pub fn set_aside(&self) -> &[SetAside] {
        &self.set_aside
    }

    /// What is published about this model.
    pub fn entry(&self, aaguid: Aaguid) -> Option<&Entry> {
        self.entries.get(*self.by_aaguid.get(&aaguid)?)
    }

    /// What is published about the model with this attestation key.
    pub fn entry_by_key(&self, key: KeyIdentifier) -> Option<&Entry> {
        self.entries.get(*self.by_key.get(&key)?)
    }

    /// What speaks for and against this model at this time; `None` when nothing is published
    /// about it.
    pub fn facts(&self, aaguid: Aaguid, now: SystemTime) -> Option<ModelFacts> {
        if self.set_aside.iter().any(|entry| entry.aaguid == Some(aaguid)) {
            return Some(ModelFacts::unreadable());
        }
        self.entry(aaguid).map(|entry| entry.facts_at(now))
    }
}

/// What an entry is found by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Name {
    Aaguid(Aaguid),
    Key(KeyIdentifier),
}

fn names(entry: &Entry) -> impl Iterator<Item = Name> {
    let keys = entry.key_identifiers.iter().copied().map(Name::Key);
    entry.aaguid.into_iter().map(Name::Aaguid).chain(keys)
}

/// The names of more than one entry. Which one would be believed must not depend on their order,
/// so none is.
fn named_twice<'a>(entries: impl Iterator<Item = &'a Entry>) -> HashSet<Name> {
    let mut seen = HashSet::new();
    let mut twice = HashSet::new();
    for entry in entries {
        let own: HashSet<Name> = names(entry).collect();
        twice.extend(own.iter().filter(|name| seen.contains(*name)));
        seen.extend(own);
    }
    twice
}

fn index<K: Copy + Eq + std::hash::Hash>(
    entries: &[Entry],
    keys: impl Fn(&Entry) -> &[K],
) -> HashMap<K, usize> {
    let pairs = entries.iter().enumerate();
    pairs.flat_map(|(index, entry)| keys(entry).iter().map(move |key| (*key, index))).collect()
}

fn aaguid_in(json: &RawValue) -> Option<Aaguid> {
    #[derive(Deserialize)]
    struct Named {
        aaguid: String,
    }
    let named: Named = serde_json::from_str(json.get()).ok()?;
    Aaguid::from_text(&named.aaguid)
}
