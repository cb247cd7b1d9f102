//! Message carriers.

use std::future::Future;

/// A letter to one person, ready to be carried.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Names the letter, the same at every try, so that repeats are recognised: mail is at least
    /// once (rule 24).
    pub message_id: String,
    /// The recipient's address.
    pub to: String,
    /// Subject, one line.
    pub subject: String,
    /// The text that every mail program can show.
    pub text: String,
    /// The same in HTML, without remote content.
    pub html: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// Why a letter was not carried. Holds no personal data: it is kept and logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// It may work later.
    #[error("not delivered, to be tried again: {0}")]
    Later(String),
    /// It will not work, however often it is tried: the address does not exist.
    #[error("refused for good: {0}")]
    Never(String),
}

/// Carries letters.
pub trait Channel: Send + Sync + 'static {
    /// Hands the letter over. An answer of `Ok` means that the next station has it.
    fn carry(&self, letter: &Letter) -> impl Future<Output = Result<(), ChannelError>> + Send;
}
