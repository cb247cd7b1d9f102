//! `POST /people/options` and `POST /people/add`: an operator adds a joiner, signed with a fresh press
//! (rule 1). The first enrollment opens with them.

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    people::{AddJoiner, AddJoinerFault, AskAdd, ImportJoinerFault},
};
use firstkey_policy::Operation;

use super::{
    check::{Checked, check},
    form::Typed,
};
use crate::{
    Web,
    console::{
        allowed::{demand, nothing_here},
        done::Done,
        door::Acting,
        press::{Asked, GoTo, Pressed},
        refused,
    },
    fault::problem,
    page::Reader,
    problem::{Kind, Problem},
};

/// Answers with what is to be signed.
pub(in crate::console) async fn options<S: Backend>(
    State(web): State<Web<S>>,
    reader: Reader,
    Acting { session, input: typed }: Acting<Typed>,
) -> Result<Json<Asked>, Problem> {
    demand(&web, &session, None, Operation::AddJoiner).await?;
    // The page was checked before it was shown; something moved since.
    let checked = check(&web, reader, &typed).await?.ok();
    let Some(checked) = checked.filter(|checked| checked.is_as_shown(&typed)) else {
        return Err(Problem::new(Kind::JoinerUnfit));
    };
    let Checked { joiner, sponsor, reason } = checked;
    let ask = AskAdd { operator: session.person_id(), joiner, sponsor, reason };
    let ceremony = web.app.ask_add(ask).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(ceremony.into()))
}

/// Adds them. Who it is stands in the signed ticket.
pub(in crate::console) async fn add<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, input }: Acting<Pressed>,
) -> Result<Json<GoTo>, Problem> {
    let command = AddJoiner {
        operator: session.person_id(),
        ticket: input.ticket,
        assertion: input.credential,
    };
    let added = web.app.add_joiner(command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(GoTo::to(Done::Opened.at(&format!("/people/{added}")))))
}

fn refusal(fault: AddJoinerFault) -> Problem {
    match fault {
        AddJoinerFault::NotAllowed(_) => nothing_here(),
        AddJoinerFault::NoReason => Problem::new(Kind::NoReason),
        AddJoinerFault::Ticket(error) => refused::ticket(error),
        AddJoinerFault::Signature(error) => refused::signature(&error),
        AddJoinerFault::Refused(ImportJoinerFault::NameTaken | ImportJoinerFault::NoNameLeft) => {
            Problem::new(Kind::NoNameLeft)
        }
        AddJoinerFault::Refused(
            ImportJoinerFault::ExternalIdTaken
            | ImportJoinerFault::Refused(_)
            | ImportJoinerFault::Weakens
            | ImportJoinerFault::Open(_)
            | ImportJoinerFault::Ended(_),
        ) => Problem::new(Kind::JoinerUnfit),
    }
}
