//! The letters that have arrived.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use super::ReceivedLetter;

/// How many letters are kept; older ones are forgotten.
const KEPT: usize = 200;

/// The newest letters. Clones share them.
#[derive(Clone)]
pub struct Mailbox {
    letters: Arc<Mutex<VecDeque<Arc<ReceivedLetter>>>>,
    newest: Arc<watch::Sender<u64>>,
}

impl Mailbox {
    /// An empty one.
    pub fn new() -> Self {
        Self { letters: Arc::default(), newest: Arc::new(watch::Sender::new(0)) }
    }

    /// The letters, newest first.
    pub fn letters(&self) -> Vec<Arc<ReceivedLetter>> {
        self.lock().iter().rev().cloned().collect()
    }

    /// One letter, if it is still kept.
    pub fn letter(&self, number: u64) -> Option<Arc<ReceivedLetter>> {
        self.lock().iter().find(|letter| letter.number == number).cloned()
    }

    /// Waits for the next letter that arrives for an address after letter `after`, which may be
    /// there already.
    pub async fn next_for(&self, address: &str, after: u64) -> Arc<ReceivedLetter> {
        let mut newest = self.newest.subscribe();
        loop {
            newest.borrow_and_update();
            let found = self
                .lock()
                .iter()
                .find(|letter| {
                    letter.number > after
                        && letter.to.iter().any(|to| to.eq_ignore_ascii_case(address))
                })
                .cloned();
            if let Some(letter) = found {
                return letter;
            }
            if newest.changed().await.is_err() {
                // The sender lives as long as `self`, so there is always a next letter to wait for.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Puts a letter in and gives it its number.
    pub(super) fn put(&self, letter: impl FnOnce(u64) -> ReceivedLetter) {
        let mut letters = self.lock();
        let number = letters.back().map_or(1, |newest| newest.number + 1);
        if letters.len() == KEPT {
            letters.pop_front();
        }
        letters.push_back(Arc::new(letter(number)));
        self.newest.send_replace(number);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<ReceivedLetter>>> {
        // Nothing under the lock leaves the list half changed.
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Mailbox {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_two_hundred_are_kept_and_numbers_are_never_used_twice() {
        let mailbox = Mailbox::new();
        for _ in 0..KEPT + 5 {
            mailbox.put(|number| ReceivedLetter::sample(number, "Hello"));
        }
        let numbers = mailbox.letters().iter().map(|letter| letter.number).collect::<Vec<_>>();
        assert_eq!(numbers, (6..=KEPT as u64 + 5).rev().collect::<Vec<_>>());
        assert!(mailbox.letter(5).is_none());
        assert!(mailbox.letter(6).is_some());
    }

    #[tokio::test]
    async fn whoever_waits_for_a_letter_gets_it() {
        let mailbox = Mailbox::new();
        mailbox.put(|number| ReceivedLetter::sample(number, "Old"));
        let waiting = tokio::spawn({
            let mailbox = mailbox.clone();
            async move { mailbox.next_for("ANA@example.org", 1).await }
        });
        tokio::task::yield_now().await;
        mailbox.put(|number| ReceivedLetter::sample(number, "New"));
        assert_eq!(waiting.await.unwrap().subject, "New");
    }
}
