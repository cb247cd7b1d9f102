//! What can be computed before the writer's thread has to.

use firstkey_domain::{Digest, StreamId};
use firstkey_ports::{Commit, CommitError, Entry, LogName};

/// A commit, with its digests and message bodies.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) commit: Commit,
    /// One for each entry, in the order in which entries are written.
    pub(super) leaves: Vec<Leaf>,
    /// One for each message.
    pub(super) bodies: Vec<String>,
}

/// What is stored of an entry besides its bytes.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) log: LogName,
    pub(super) place: Option<(StreamId, u64)>,
    pub(super) inner: Option<Digest>,
    pub(super) digest: Digest,
}

impl Leaf {
    fn new(log: LogName, place: Option<(StreamId, u64)>, entry: &Entry) -> Self {
        let inner = entry.sealed.as_ref().map(firstkey_ports::Sealed::digest);
        Self { log, place, inner, digest: Entry::digest_of(&entry.open, inner) }
    }
}

impl Prepared {
    pub(crate) fn new(commit: Commit) -> Result<Self, CommitError> {
        let mut leaves = Vec::new();
        for append in &commit.appends {
            for (version, entry) in (append.expected + 1..).zip(&append.entries) {
                leaves.push(Leaf::new(LogName::Lifecycle, Some((append.stream, version)), entry));
            }
        }
        leaves.extend(commit.notes.iter().map(|note| Leaf::new(note.log, None, &note.entry)));
        let bodies = commit
            .outbox
            .iter()
            .map(|new| serde_json::to_string(&new.message))
            .collect::<Result<_, _>>()
            .map_err(|error| CommitError::Unavailable(error.to_string()))?;
        Ok(Self { commit, leaves, bodies })
    }

    /// The entries with what is stored beside them.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&Entry, &Leaf)> {
        let events = self.commit.appends.iter().flat_map(|append| &append.entries);
        events.chain(self.commit.notes.iter().map(|note| &note.entry)).zip(&self.leaves)
    }
}
