//! Failures of use cases as problems.

use firstkey_app::Fault;

use crate::problem::{Kind, Problem};

/// Says a failure in HTTP's terms; what was refused is said by `refused`.
pub(crate) fn problem<R>(fault: Fault<R>, refused: impl FnOnce(R) -> Problem) -> Problem {
    match fault {
        Fault::Refused(reason) => refused(reason),
        Fault::Spent(_) => Problem::new(Kind::Spent),
        Fault::Busy => Problem::new(Kind::Busy).retry_after(1),
        Fault::Store(error) => {
            tracing::error!(event = "store_unreadable", %error);
            Problem::new(Kind::Unavailable).retry_after(5)
        }
        Fault::Commit(error) => {
            tracing::error!(event = "store_unwritable", %error);
            Problem::new(Kind::Unavailable).retry_after(5)
        }
        Fault::Metadata(error) => {
            tracing::error!(event = "metadata.unusable", %error);
            Problem::new(Kind::Unavailable).retry_after(60)
        }
        Fault::Corrupt(what) => {
            tracing::error!(event = "store_altered", what);
            Problem::new(Kind::Internal)
        }
    }
}

/// A failure of something that is never refused.
pub(crate) fn failure(fault: Fault<std::convert::Infallible>) -> Problem {
    problem(fault, |never| match never {})
}
