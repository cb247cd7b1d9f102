//! A clock's reference in memory.

use std::sync::{PoisonError, RwLock};

use crate::{Clock, Reading, ReferenceClock, ReferenceNotKept};

/// A clock whose reference lasts as long as the process.
#[derive(Debug)]
pub struct MemoryReference<C> {
    clock: C,
    reference: RwLock<Reading>,
}

impl<C: Clock> MemoryReference<C> {
    /// Takes the clock as right now.
    pub fn new(clock: C) -> Self {
        let reference = RwLock::new(clock.read());
        Self { clock, reference }
    }
}

impl<C: Clock> Clock for MemoryReference<C> {
    fn read(&self) -> Reading {
        self.clock.read()
    }
}

impl<C: Clock> ReferenceClock for MemoryReference<C> {
    fn reference(&self) -> Reading {
        *self.reference.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn accept(&self, reading: Reading) -> Result<(), ReferenceNotKept> {
        *self.reference.write().unwrap_or_else(PoisonError::into_inner) = reading;
        Ok(())
    }
}
