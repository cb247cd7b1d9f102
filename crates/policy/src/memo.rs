//! Answers that were given before.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

/// How many answers are kept. When they are more, all are forgotten: people of one organisation stand
/// in few different cases, and whoever makes many only makes us think again.
const LIMIT: usize = 1024;

/// Remembers answers of a function that has the same answer for the same question.
#[derive(Debug)]
pub(crate) struct Memo<Q, A>(Mutex<HashMap<Q, A>>);

impl<Q, A> Default for Memo<Q, A> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Q: Eq + Hash, A: Clone> Memo<Q, A> {
    /// The answer, worked out unless it is known. One that does not last is not remembered.
    pub(crate) fn recall(
        &self,
        question: Q,
        lasts: impl FnOnce(&A) -> bool,
        work_out: impl FnOnce(&Q) -> A,
    ) -> A {
        let known = self.answers().get(&question).cloned();
        known.unwrap_or_else(|| {
            // Not under the lock: whoever asks the same meanwhile works out the same.
            let answer = work_out(&question);
            if !lasts(&answer) {
                return answer;
            }
            let mut answers = self.answers();
            if answers.len() >= LIMIT {
                answers.clear();
            }
            answers.insert(question, answer.clone());
            answer
        })
    }

    fn answers(&self) -> std::sync::MutexGuard<'_, HashMap<Q, A>> {
        // Nothing under the lock leaves the table half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_worked_out_once() {
        let memo = Memo::default();
        assert_eq!(memo.recall(2, |_| true, |number| number * 2), 4);
        assert_eq!(memo.recall(2, |_| true, |_| unreachable!("it is known")), 4);
        assert_eq!(memo.recall(3, |_| true, |number| number * 2), 6);
        // What failed may be answered another time.
        assert_eq!(memo.recall(4, |_| false, |_| 0), 0);
        assert_eq!(memo.recall(4, |_| true, |number| number * 2), 8);
    }

    #[test]
    fn no_more_than_the_limit_is_kept() {
        let memo = Memo::default();
        for number in 0..3 * LIMIT {
            memo.recall(number, |_| true, |number| *number);
            assert!(memo.answers().len() <= LIMIT);
        }
    }
}
