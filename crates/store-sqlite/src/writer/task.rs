//! A piece of work and whoever waits for it.

use firstkey_ports::CommitError;
use rusqlite::Connection;
use tokio::sync::oneshot;

/// Why a piece of work was not done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Refused before anything was written.
    Refused(CommitError),
    /// Broken off halfway: the transaction must be rolled back.
    Broken(CommitError),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Broken(CommitError::Unavailable(error.to_string()))
    }
}

/// What the writer's thread does with a piece of work.
pub(super) trait Job: Send {
    /// Does it; false when the transaction must be rolled back.
    fn run(&mut self, connection: &Connection) -> bool;

    /// Whether it was done and deleted what nobody may find in the files any more.
    fn erased(&self) -> bool;

    /// The transaction failed, and with it this piece of work.
    fn fail(&mut self, error: &CommitError);

    /// Tells whoever waits.
    fn answer(self: Box<Self>);
}

pub(super) struct Task<T, W> {
    work: W,
    erases: bool,
    outcome: Option<Result<T, CommitError>>,
    reply: oneshot::Sender<Result<T, CommitError>>,
}

impl<T, W> Task<T, W> {
    pub(super) fn new(
        work: W,
        erases: bool,
        reply: oneshot::Sender<Result<T, CommitError>>,
    ) -> Self {
        Self { work, erases, outcome: None, reply }
    }
}

impl<T, W> Job for Task<T, W>
where
    T: Send,
    W: FnMut(&Connection) -> Result<T, Failure> + Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        let (outcome, is_whole) = match (self.work)(connection) {
            Ok(done) => (Ok(done), true),
            Err(Failure::Refused(error)) => (Err(error), true),
            Err(Failure::Broken(error)) => (Err(error), false),
        };
        self.outcome = Some(outcome);
        is_whole
    }

    fn erased(&self) -> bool {
        self.erases && matches!(self.outcome, Some(Ok(_)))
    }

    fn fail(&mut self, error: &CommitError) {
        self.outcome = Some(Err(error.clone()));
    }

    fn answer(self: Box<Self>) {
        let outcome =
            self.outcome.unwrap_or_else(|| Err(CommitError::Unavailable("not begun".into())));
        // Nobody listens when the caller has gone away; the work stands all the same.
        let _ = self.reply.send(outcome);
    }
}
