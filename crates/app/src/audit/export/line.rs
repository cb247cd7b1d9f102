//! One entry of a log, as a line.

use firstkey_domain::{Digest, Recorded, log::LogEvent};
use firstkey_log::hash::{Hash, leaf_hash};
use firstkey_ports::{Entry, StoredEntry};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A line, as it is read again. The entry's own bytes are in it as they were logged. Which log it is of, the
/// checkpoint says, which is signed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    /// The entry's place in the log, from zero.
    pub index: u64,
    /// The leaf's hash (RFC 6962 §2.1), in hexadecimal: what the log's tree is made of.
    leaf: &'a str,
    /// The digest of the part that is kept apart, where there is or was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inner: Option<Digest>,
    /// The open part, to the byte.
    #[serde(borrow)]
    entry: &'a RawValue,
}

impl<'a> Line<'a> {
    /// An entry's line, with its line break. `None` of bytes that are no JSON on one line.
    pub(super) fn of(index: u64, entry: &StoredEntry) -> Option<String> {
        let open = std::str::from_utf8(&entry.open).ok().filter(|open| !open.contains('\n'))?;
        let leaf = leaf_hash(entry.digest.as_bytes()).to_hex();
        let open: &RawValue = serde_json::from_str(open).ok()?;
        let line = Line { index, leaf: &leaf, inner: entry.inner, entry: open };
        serde_json::to_string(&line).ok().map(|line| line + "\n")
    }

    pub(super) fn read(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The entry, as one of the log's own stream.
    pub(super) fn entry(&self) -> Result<Recorded<LogEvent>, serde_json::Error> {
        serde_json::from_str(self.entry.get())
    }

    /// The leaf that its bytes lead to, if that is the one it names.
    pub(super) fn leaf(&self) -> Option<Hash> {
        let digest = Entry::digest_of(self.entry.get().as_bytes(), self.inner);
        let leaf = leaf_hash(digest.as_bytes());
        (leaf.to_hex() == self.leaf).then_some(leaf)
    }
}
