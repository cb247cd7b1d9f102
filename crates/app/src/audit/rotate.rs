//! Another key signs the log.

use std::sync::Arc;

use firstkey_domain::{
    Actor, StreamId,
    log::{KeyRotation, Log, NotTheKey},
};
use firstkey_log::note::{NoteSigner, SignNoteError};

use super::rotation;
use crate::{App, Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// Records that one key follows another.
struct RotateLogKey {
    host: String,
    rotation: KeyRotation,
}

/// Why the key was not rotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RotateFault {
    /// Another key signs by now.
    #[error(transparent)]
    NotTheKey(#[from] NotTheKey),
    /// The rotation cannot be signed.
    #[error(transparent)]
    Note(#[from] SignNoteError),
}

impl<S: Backend> UseCase<S> for RotateLogKey {
    type Output = ();
    type Refusal = RotateFault;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.clone())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), RotateFault> {
        let current: Option<Loaded<Log>> = unit.load(StreamId::LOG).await?;
        let events =
            Log::rotate_key(current.as_deref(), self.rotation.clone()).map_err(Fault::refuse)?;
        match current {
            Some(current) => unit.append(current, events)?,
            None => unit.create(StreamId::LOG, events)?,
        };
        Ok(())
    }
}

impl<S: Backend> App<S> {
    /// Lets `to` sign the log from here on. Every checkpoint of a tree that holds the rotation is
    /// signed by the new key: nothing is signed between the commit and the change.
    ///
    /// Keep `to` durably before, and the old key until this answers: which of them signs, the log's own
    /// stream says ([`App::log_key`]).
    pub async fn rotate_log_key(&self, host: &str, to: NoteSigner) -> Outcome<(), RotateFault> {
        let _signing = self.signing.lock().await;
        let rotation = rotation::sign(&self.keys.log(), &to)
            .map_err(|error| Fault::Refused(RotateFault::Note(error)))?;
        let rotated = self.run(&RotateLogKey { host: host.to_owned(), rotation }).await;
        // When it is not known whether the commit happened, the stream knows.
        let key = self.log_key().await.map_err(|fault| fault.map(|never| match never {}))?;
        if key.as_deref() == Some(&*to.verifier().to_string()) {
            self.keys.sign_with(Arc::new(to));
        }
        rotated
    }

    /// Goes on with a key whose rotation was committed before this process began.
    pub fn adopt_log_key(&self, key: NoteSigner) {
        self.keys.sign_with(Arc::new(key));
    }

    /// The verifier key that signs the log by its own stream; `None` while that is the one with which
    /// the log was set up.
    pub async fn log_key(&self) -> Outcome<Option<String>, std::convert::Infallible> {
        Ok(self.peek::<Log>(StreamId::LOG).await?.and_then(|log| log.state.key))
    }
}
