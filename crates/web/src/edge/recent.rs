//! What was seen a short while ago, in bounded memory.

use std::{
    collections::HashSet,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Remembers keys for at least `span`, as long as fewer than `capacity` come in that time.
///
/// Used for the proofs of reading requests (rule 7): a changing request reserves its proof in its
/// commit, so what a flood could make this forget is a read that its own maker may repeat anyway.
#[derive(Debug)]
pub(crate) struct Recent<K> {
    span: Duration,
    capacity: usize,
    generations: Mutex<Generations<K>>,
}

#[derive(Debug)]
struct Generations<K> {
    young: HashSet<K>,
    old: HashSet<K>,
    /// When the young ones began to be collected.
    since: Duration,
}

impl<K: Eq + Hash> Recent<K> {
    pub(crate) fn new(span: Duration, capacity: usize) -> Self {
        let generations =
            Generations { young: HashSet::new(), old: HashSet::new(), since: Duration::ZERO };
        Self { span, capacity, generations: Mutex::new(generations) }
    }

    /// Remembers the key; `false` when it was seen before.
    pub(crate) fn is_new(&self, key: K, now: Duration) -> bool {
        // The sets are whole between any two statements.
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = now.saturating_sub(generations.since) >= self.span;
        if is_over || generations.young.len() >= self.capacity {
            generations.old = std::mem::take(&mut generations.young);
            generations.since = now;
        }
        !generations.old.contains(&key) && generations.young.insert(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_remembered_for_the_whole_span() {
        let recent = Recent::new(Duration::from_secs(300), 100);
        let at = |seconds: u64| Duration::from_secs(10_000 + seconds);
        assert!(recent.is_new("a", at(0)));
        assert!(!recent.is_new("a", at(0)));
        assert!(recent.is_new("b", at(299)));
        assert!(!recent.is_new("a", at(300)));
        assert!(recent.is_new("c", at(301)));
        assert!(!recent.is_new("b", at(598)));
        assert!(recent.is_new("a", at(1000)));
    }

    #[test]
    fn memory_is_bounded() {
        let recent = Recent::new(Duration::from_secs(300), 10);
        for key in 0..1000 {
            recent.is_new(key, Duration::from_secs(1));
        }
        let generations = recent.generations.lock().unwrap();
        assert!(generations.young.len() + generations.old.len() <= 20);
    }
}
