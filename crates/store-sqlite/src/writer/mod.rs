//! The one thread that writes: it takes what waits, up to a limit, into one transaction, and answers after
//! that is durable.

mod batch;
mod housekeeping;
mod lanes;
mod scrub;
mod task;

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use firstkey_ports::CommitError;
use rusqlite::Connection;
use tokio::sync::oneshot;

pub(crate) use self::{housekeeping::Housekeeping, lanes::Lane, task::Failure};
use self::{lanes::Lanes, scrub::Patience, task::Task};

/// How many pieces of work for which somebody waits share one transaction.
const MAX_BATCH: usize = 64;

/// The writer's thread and the queue before it.
#[derive(Debug)]
pub(crate) struct Writer {
    lanes: Arc<Lanes>,
    wal_kept: Arc<AtomicBool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(
        connection: Connection,
        housekeeping: Housekeeping,
    ) -> std::io::Result<Self> {
        let lanes = Arc::new(Lanes::default());
        let queue = Arc::clone(&lanes);
        let wal_kept = housekeeping.wal_kept();
        let run = move || write_until_closed(&connection, housekeeping, &queue);
        let thread = thread::Builder::new().name("store-writer".into()).spawn(run)?;
        Ok(Self { lanes, wal_kept, thread: Mutex::new(Some(thread)) })
    }

    /// Has `work` done within a transaction, and answers once that is durable. The work goes on when
    /// the caller stops waiting.
    ///
    /// `work` checks first and then writes: it may refuse before it has written anything. It is
    /// called again when another piece of work broke the transaction they shared. When it `erases`, the
    /// files are cleaned before the answer, as far as they can be.
    pub(crate) async fn submit<T: Send + 'static>(
        &self,
        lane: Lane,
        erases: bool,
        work: impl FnMut(&Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, CommitError> {
        let (reply, answer) = oneshot::channel();
        self.lanes.push(lane, Box::new(Task::new(work, erases, reply)))?;
        answer.await.unwrap_or_else(|_| Err(CommitError::Unknown("the writer stopped".into())))
    }

    /// Whether the WAL may still hold what was erased.
    pub(crate) fn is_wal_kept(&self) -> bool {
        self.wal_kept.load(Ordering::Acquire)
    }

    /// Lets nothing more in; what waits is still written.
    pub(crate) fn close(&self) {
        self.lanes.close();
    }

    /// Waits until everything is written and the thread is gone. Blocks.
    pub(crate) fn join(&self) {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A thread that panicked has said so on standard error, and holds nothing any more.
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.lanes.close();
    }
}

fn write_until_closed(connection: &Connection, mut housekeeping: Housekeeping, lanes: &Lanes) {
    // Whatever ends this thread, nobody may wait for it afterwards.
    let _abandon = lanes::AbandonOnDrop(lanes);
    while let Some(mut jobs) = lanes.take(MAX_BATCH) {
        batch::write(connection, &mut jobs);
        let written = jobs.len();
        if jobs.iter().any(|job| job.erased()) {
            housekeeping.scrub(connection);
        }
        for job in jobs {
            job.answer();
        }
        housekeeping.after(connection, written);
    }
    scrub::empty_wal(connection, Patience::Usual);
}
