//! Throttles, keyed by what is being guessed. They slow floods; what decides is counted in the store.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How often something may happen.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// How many times at once.
    pub burst: u32,
    /// After how long one more is free.
    pub refill: Duration,
}

/// A leaky bucket for each key (the generic cell rate algorithm): it holds one time per key.
///
/// Memory is bounded: keys live in two generations of at most `capacity`, and the older is dropped
/// when the younger is full. Whoever floods with that many keys is not slowed, nor is anybody else.
#[derive(Debug)]
pub struct Throttle<K> {
    rate: Rate,
    capacity: usize,
    generations: Mutex<Generations<K>>,
}

#[derive(Debug)]
struct Generations<K> {
    young: HashMap<K, Duration>,
    old: HashMap<K, Duration>,
}

impl<K: Eq + Hash> Throttle<K> {
    /// A throttle that remembers about `capacity` keys.
    pub fn new(rate: Rate, capacity: usize) -> Self {
        let generations = Generations { young: HashMap::new(), old: HashMap::new() };
        Self { rate, capacity, generations: Mutex::new(generations) }
    }

    /// Counts one for the key, if one is free. `now` is a time that never goes back, such as the
    /// time since boot.
    pub fn take(&self, key: K, now: Duration) -> bool {
        let mut generations = self.lock();
        // The time at which the bucket is empty again.
        let empty = generations.empty_at(&key).unwrap_or_default().max(now) + self.rate.refill;
        if empty > now + self.rate.refill * self.rate.burst {
            return false;
        }
        generations.old.remove(&key);
        generations.young.insert(key, empty);
        if generations.young.len() >= self.capacity {
            generations.old = std::mem::take(&mut generations.young);
        }
        true
    }

    /// Whether one is free for the key. For what is counted only when it fails.
    pub fn is_free(&self, key: &K, now: Duration) -> bool {
        let empty = self.lock().empty_at(key).unwrap_or_default().max(now) + self.rate.refill;
        empty <= now + self.rate.refill * self.rate.burst
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations<K>> {
        // The maps are whole between any two statements.
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Generations<K> {
    fn empty_at(&self, key: &K) -> Option<Duration> {
        self.young.get(key).or_else(|| self.old.get(key)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, refill: Duration::from_secs(10) };

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(1000 + seconds)
    }

    #[test]
    fn a_burst_passes_and_then_one_at_a_time() {
        let throttle = Throttle::new(RATE, 10);
        assert!((0..3).all(|_| throttle.take("a", at(0))));
        assert!(!throttle.take("a", at(0)));
        assert!(!throttle.is_free(&"a", at(9)));
        assert!(throttle.is_free(&"a", at(10)));
        assert!(throttle.take("a", at(10)));
        assert!(!throttle.take("a", at(10)));
        assert!((0..3).all(|_| throttle.take("a", at(60))));
        assert!(!throttle.take("a", at(60)));
    }

    #[test]
    fn one_key_does_not_slow_another() {
        let throttle = Throttle::new(RATE, 10);
        assert!((0..4).map(|_| throttle.take("a", at(0))).any(|free| !free));
        assert!(throttle.take("b", at(0)));
    }

    #[test]
    fn a_million_keys_take_the_memory_of_two_generations() {
        let throttle = Throttle::new(RATE, 100);
        for key in 0..1_000_000 {
            throttle.take(key, at(0));
        }
        let generations = throttle.lock();
        assert!(generations.young.len() + generations.old.len() <= 200);
    }

    #[test]
    fn an_active_key_is_remembered_while_others_come_and_go() {
        let throttle = Throttle::new(RATE, 10);
        assert!((0..3).all(|_| throttle.take(0, at(0))));
        for key in 1..15 {
            throttle.take(key, at(0));
        }
        assert!(!throttle.take(0, at(0)));
    }
}
