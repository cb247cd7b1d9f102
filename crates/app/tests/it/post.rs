//! A post office that can be closed, and that remembers what it carried.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use firstkey_app::{App, Backend, duties::Courier};
use firstkey_ports::{
    Channel, ChannelError, CommitError, Letter, LetterContent, LetterWriter, Written,
};

#[derive(Debug, Default)]
struct Carried {
    is_closed: AtomicBool,
    refuses: Mutex<Option<String>>,
    tries: AtomicUsize,
    letters: Mutex<Vec<Letter>>,
}

/// Carries every letter, unless it is closed.
#[derive(Debug, Default, Clone)]
pub struct PostOffice(Arc<Carried>);

impl PostOffice {
    /// Nothing is carried until it opens again.
    pub fn close(&self) {
        self.0.is_closed.store(true, Ordering::Relaxed);
    }

    /// Letters are carried again.
    pub fn open(&self) {
        self.0.is_closed.store(false, Ordering::Relaxed);
    }

    /// This address does not exist.
    pub fn refuse(&self, address: &str) {
        *self.0.refuses.lock().unwrap() = Some(address.to_owned());
    }

    /// How often somebody came with a letter.
    pub fn tries(&self) -> usize {
        self.0.tries.load(Ordering::Relaxed)
    }

    /// What was carried.
    pub fn letters(&self) -> Vec<Letter> {
        self.0.letters.lock().unwrap().clone()
    }

    /// The courier of this office delivers what is due.
    pub async fn deliver_due<S: Backend>(&self, app: &App<S>) {
        self.try_deliver_due(app).await.unwrap();
    }

    /// The same, while the store may fail.
    pub async fn try_deliver_due<S: Backend>(&self, app: &App<S>) -> Result<usize, CommitError> {
        let courier = Courier { channel: self.clone(), writer: PlainWriter };
        courier.deliver_due(app).await
    }
}

impl Channel for PostOffice {
    async fn carry(&self, letter: &Letter) -> Result<(), ChannelError> {
        self.0.tries.fetch_add(1, Ordering::Relaxed);
        if self.0.is_closed.load(Ordering::Relaxed) {
            return Err(ChannelError::Later("the office is closed".into()));
        }
        if self.0.refuses.lock().unwrap().as_ref() == Some(&letter.to) {
            return Err(ChannelError::Never("nobody of this name".into()));
        }
        self.0.letters.lock().unwrap().push(letter.clone());
        Ok(())
    }
}

/// Writes the kind of the letter and its address, for stories to read.
#[derive(Debug)]
struct PlainWriter;

impl LetterWriter for PlainWriter {
    fn write(&self, _: Option<&str>, content: &LetterContent) -> Written {
        let (subject, text) = match content {
            LetterContent::Invitation(invitation) => {
                ("Invitation".to_owned(), invitation.address.clone())
            }
            LetterContent::Notice(notice) => {
                let links =
                    [&notice.address, &notice.not_me].map(|link| link.clone().unwrap_or_default());
                (format!("{:?}", notice.kind), links.join("\n"))
            }
        };
        Written { subject, text, html: String::new() }
    }
}
