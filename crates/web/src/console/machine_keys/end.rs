//! `POST /machine-keys/end/options` and `POST /machine-keys/end`: a machine key ends before its time, signed
//! with a fresh press (rule 1).

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    machines::{AskEndMachineKey, EndMachineKey, EndMachineKeyFault},
};
use firstkey_domain::{KeyThumbprint, machine_key::EndRefusal};
use serde::Deserialize;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::Acting,
        press::{Asked, GoTo, Pressed},
        refused,
    },
    fault::problem,
    problem::{Kind, Problem},
};

/// Which one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::console) struct Input {
    key: KeyThumbprint,
}

/// Answers with what is to be signed.
pub(in crate::console) async fn options<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, input }: Acting<Input>,
) -> Result<Json<Asked>, Problem> {
    let ask = AskEndMachineKey { operator: session.person_id(), key: input.key };
    let ceremony =
        web.app.ask_end_machine_key(ask).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(ceremony.into()))
}

/// Ends it. Which one is in the signed ticket.
pub(in crate::console) async fn end<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, input }: Acting<Pressed>,
) -> Result<Json<GoTo>, Problem> {
    let command = EndMachineKey {
        operator: session.person_id(),
        ticket: input.ticket,
        assertion: input.credential,
    };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(GoTo::to(Done::KeyEnded.at("/machine-keys"))))
}

fn refusal(fault: EndMachineKeyFault) -> Problem {
    match fault {
        EndMachineKeyFault::NotAllowed(_) => nothing_here(),
        EndMachineKeyFault::Ticket(error) => refused::ticket(error),
        EndMachineKeyFault::Signature(error) => refused::signature(&error),
        EndMachineKeyFault::Refused(EndRefusal::NeedsSignature) => Problem::new(Kind::NotSigned),
    }
}
