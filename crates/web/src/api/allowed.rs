//! What policy gives a program. Acts are asked again inside their commit.

use firstkey_app::{Backend, machines::Machine};
use firstkey_domain::PersonId;
use firstkey_policy::Operation;

use crate::{
    Web,
    fault::{failure, problem},
    problem::{Kind, Problem},
};

/// Refuses what the key's scopes do not cover, whoever is concerned: so much the program may know.
pub(super) async fn scope<S: Backend>(
    web: &Web<S>,
    machine: &Machine,
    operation: Operation,
    concerns_person: bool,
) -> Result<(), Problem> {
    let covers = web.app.covers(machine, operation, concerns_person).await;
    if covers.map_err(failure)? { Ok(()) } else { Err(Problem::new(Kind::OutOfScope)) }
}

/// Refuses as well what the key's owner may not do; about somebody, as if they did not exist.
pub(super) async fn demand<S: Backend>(
    web: &Web<S>,
    machine: &Machine,
    subject: Option<PersonId>,
    operation: Operation,
) -> Result<(), Problem> {
    scope(web, machine, operation, subject.is_some()).await?;
    let may = web.app.may(*machine, subject, operation).await;
    if may.map_err(|fault| problem(fault, |_| not_allowed()))? {
        Ok(())
    } else {
        Err(not_allowed())
    }
}

/// There is no such thing, or it is none of the owner's business.
pub(super) fn not_allowed() -> Problem {
    Problem::new(Kind::NotFound)
}
