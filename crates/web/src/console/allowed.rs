//! What policy gives somebody, for pages. Acts are asked again inside their commit.

use firstkey_app::{Backend, signing_in::Session};
use firstkey_domain::PersonId;
use firstkey_policy::Operation;

use crate::{
    Web,
    fault::problem,
    problem::{Kind, Problem},
};

/// The answer for what does not exist and for what is none of the asker's business.
pub(super) fn nothing_here() -> Problem {
    Problem::new(Kind::NotFound)
}

/// Whether they may do this to somebody, or to the organisation.
pub(super) async fn may<S: Backend>(
    web: &Web<S>,
    session: &Session,
    subject: Option<PersonId>,
    operation: Operation,
) -> Result<bool, Problem> {
    let answer = web.app.may(session.person_id(), subject, operation).await;
    answer.map_err(|fault| problem(fault, |_| nothing_here()))
}

/// Refuses what they may not do as if it did not exist.
pub(super) async fn demand<S: Backend>(
    web: &Web<S>,
    session: &Session,
    subject: Option<PersonId>,
    operation: Operation,
) -> Result<(), Problem> {
    if may(web, session, subject, operation).await? { Ok(()) } else { Err(nothing_here()) }
}
