//! Adding one joiner in the console.

use firstkey_domain::{Actor, PersonId};
use firstkey_policy::Operation;
use firstkey_ports::Joiner;

use super::{ImportJoiner, ImportJoinerFault, Imported};
use crate::{
    App, Backend, Fault, Outcome, Unit,
    decision::{NotAllowed, allow},
};

/// An operator adds a joiner.
#[derive(Debug)]
pub struct AddJoiner {
    /// Who.
    pub operator: PersonId,
    /// The joiner.
    pub joiner: Joiner,
    /// Their sponsor.
    pub sponsor: Option<PersonId>,
    /// Why: a reason or a ticket.
    pub reason: String,
}

/// Why a joiner was not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddJoinerFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The console demands a reason.
    #[error("say why: a reason or a ticket number")]
    NoReason,
    /// The row was not applied.
    #[error(transparent)]
    Refused(#[from] ImportJoinerFault),
}

impl<S: Backend> App<S> {
    /// Adds a joiner, trying planned user names in turn.
    pub async fn add_joiner(&self, command: AddJoiner) -> Outcome<PersonId, AddJoinerFault> {
        let mut unit = Unit::viewing(self);
        allow::<S, AddJoinerFault>(&mut unit, command.operator, None, Operation::AddJoiner).await?;
        if command.reason.trim().is_empty() {
            return Err(Fault::Refused(AddJoinerFault::NoReason));
        }
        let imported = self
            .import_joiner(ImportJoiner {
                by: Actor::Person(command.operator),
                joiner: command.joiner,
                known: None,
                sponsor: command.sponsor,
                reason: Some(command.reason.trim().to_owned()),
                name_try: 0,
                invite: true,
                bulk: false,
            })
            .await
            .map_err(|fault| fault.map(AddJoinerFault::Refused))?;
        match imported {
            Imported::Joined(id) | Imported::Changed(id) | Imported::Same(id) => Ok(id),
        }
    }

    /// Applies one row, trying planned user names in turn.
    pub async fn import_joiner(
        &self,
        mut row: ImportJoiner,
    ) -> Outcome<Imported, ImportJoinerFault> {
        loop {
            match self.run(&row).await {
                Err(Fault::Refused(ImportJoinerFault::NameTaken)) => row.name_try += 1,
                outcome => return outcome,
            }
        }
    }
}
