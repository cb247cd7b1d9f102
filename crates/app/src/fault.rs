//! How a use case fails.

use firstkey_domain::Unfoldable;
use firstkey_ports::{CommitError, ReservationKind, StoreError};

use crate::metadata::MetadataFault;

/// A use case did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Fault<R> {
    /// It was refused; the reason is for whoever asked.
    #[error(transparent)]
    Refused(R),
    /// Somebody else took it first: a proof or challenge was used before.
    #[error("{} was used before", .0.name())]
    Spent(ReservationKind),
    /// Others kept changing the same things; try again.
    #[error("the same things are being changed by others; try again")]
    Busy,
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store cannot write, or it is not known whether it did.
    #[error(transparent)]
    Commit(CommitError),
    /// What is stored does not decode or fold. Somebody altered it, or it is from a newer version.
    #[error("what is stored about {0} cannot be read")]
    Corrupt(String),
    /// The FIDO metadata in force cannot be used.
    #[error(transparent)]
    Metadata(#[from] MetadataFault),
}

/// What a use case answers.
pub type Outcome<T, R> = Result<T, Fault<R>>;

impl<R> Fault<R> {
    /// Refuses, for whatever reason this converts from.
    pub fn refuse(reason: impl Into<R>) -> Self {
        Self::Refused(reason.into())
    }

    /// The same failure with the reason turned into another use case's.
    pub fn map<W>(self, turn: impl FnOnce(R) -> W) -> Fault<W> {
        match self {
            Self::Refused(reason) => Fault::Refused(turn(reason)),
            Self::Spent(kind) => Fault::Spent(kind),
            Self::Busy => Fault::Busy,
            Self::Store(error) => Fault::Store(error),
            Self::Commit(error) => Fault::Commit(error),
            Self::Corrupt(what) => Fault::Corrupt(what),
            Self::Metadata(fault) => Fault::Metadata(fault),
        }
    }
}

impl<R> From<Unfoldable> for Fault<R> {
    fn from(error: Unfoldable) -> Self {
        Self::Corrupt(error.stream.to_string())
    }
}
