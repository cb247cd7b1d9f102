//! `POST /machine-keys/options` and `POST /machine-keys`: an operator registers a machine key of theirs,
//! signed with a fresh press (rule 1).

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    machines::{AskMachineKey, RegisterMachineKey, RegisterMachineKeyFault},
};
use firstkey_domain::{
    KeyThumbprint,
    machine_key::{RegisterRefusal, Scope},
};
use firstkey_proof::PublicJwk;
use jiff::SignedDuration;
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

/// What the form holds: the public key that `firstkey api key` printed, and a box for each scope.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::console) struct Input {
    public_key: String,
    name: String,
    days: String,
    read: bool,
    joiners: bool,
    invitations: bool,
    outbox: bool,
    policy: bool,
    prepare: bool,
}

impl Input {
    fn ticked(&self, scope: Scope) -> bool {
        match scope {
            Scope::Read => self.read,
            Scope::Joiners => self.joiners,
            Scope::Invitations => self.invitations,
            Scope::Outbox => self.outbox,
            Scope::Policy => self.policy,
            Scope::Prepare => self.prepare,
        }
    }
}

/// Answers with what is to be signed.
pub(in crate::console) async fn options<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, input }: Acting<Input>,
) -> Result<Json<Asked>, Problem> {
    let key = PublicJwk::from_json(input.public_key.trim())
        .map_err(|error| Problem::new(Kind::NotAKey).with("reason", error.to_string()))?;
    let days: i64 = input.days.trim().parse().map_err(|_| Problem::new(Kind::MachineKeyEnd))?;
    let ask = AskMachineKey {
        operator: session.person_id(),
        key: KeyThumbprint::from_bytes(*key.thumbprint().as_bytes()),
        name: input.name.trim().to_owned(),
        scopes: Scope::ALL.into_iter().filter(|scope| input.ticked(*scope)).collect(),
        lifetime: SignedDuration::from_hours(days.clamp(0, 10_000) * 24),
    };
    let ceremony = web.app.ask_machine_key(ask).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(ceremony.into()))
}

/// Registers it. Which one, and what for, is in the signed ticket.
pub(in crate::console) async fn register<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, input }: Acting<Pressed>,
) -> Result<Json<GoTo>, Problem> {
    let command = RegisterMachineKey {
        operator: session.person_id(),
        ticket: input.ticket,
        assertion: input.credential,
    };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(GoTo::to(Done::KeyRegistered.at("/machine-keys"))))
}

fn refusal(fault: RegisterMachineKeyFault) -> Problem {
    match fault {
        RegisterMachineKeyFault::NotAllowed(_) => nothing_here(),
        RegisterMachineKeyFault::Ticket(error) => refused::ticket(error),
        RegisterMachineKeyFault::Signature(error) => refused::signature(&error),
        RegisterMachineKeyFault::Refused(refusal) => Problem::new(match refusal {
            RegisterRefusal::Known => Kind::MachineKeyKnown,
            RegisterRefusal::NeedsSignature => Kind::NotSigned,
            RegisterRefusal::Name => Kind::MachineKeyName,
            RegisterRefusal::NoScope => Kind::NoScope,
            RegisterRefusal::End => Kind::MachineKeyEnd,
        }),
    }
}
