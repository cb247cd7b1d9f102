//! `POST /people/{id}/record/options` and `POST /people/{id}/record/correct`: an operator corrects a
//! record, signed with a fresh press (rule 1).

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    people::{AskCorrection, CorrectRecord, CorrectRecordFault, ImportJoinerFault},
};
use firstkey_domain::{PersonId, person::ChangeRefusal};
use firstkey_policy::Operation;

use super::check::{Corrected, Known, VERSION_SHOWN};
use crate::{
    Web,
    console::{
        allowed::{demand, nothing_here},
        done::Done,
        door::{Acting, Id},
        people::{check::SPONSOR_SHOWN, form::Typed},
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
    Id(person): Id<PersonId>,
    reader: Reader,
    Acting { session, input: typed }: Acting<Typed>,
) -> Result<Json<Asked>, Problem> {
    demand(&web, &session, Some(person), Operation::ChangePerson).await?;
    let known = Known::of(&web, person).await?;
    // The page was checked before it was shown; what is signed must be what was shown.
    let moved = || Problem::new(Kind::RecordMoved);
    let Corrected { joiner, sponsor, reason } =
        known.check(&web, reader, &typed).await?.map_err(|_| moved())?;
    let shown = |name| typed.get(name).map(String::as_str);
    let sponsor_now = sponsor.map(|sponsor| sponsor.to_string()).unwrap_or_default();
    let version = shown(VERSION_SHOWN).and_then(|text| text.parse().ok()).ok_or_else(moved)?;
    if shown(SPONSOR_SHOWN) != Some(&sponsor_now) {
        return Err(moved());
    }
    let operator = session.person_id();
    let ask = AskCorrection { operator, person, version, joiner, sponsor, reason };
    let ceremony = web.app.ask_correction(ask).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(ceremony.into()))
}

/// Corrects it. What it says is in the signed ticket.
pub(in crate::console) async fn correct<S: Backend>(
    State(web): State<Web<S>>,
    Id(person): Id<PersonId>,
    Acting { session, input }: Acting<Pressed>,
) -> Result<Json<GoTo>, Problem> {
    // A new address is invited at once: correcting it again and again floods nobody's mailbox.
    demand(&web, &session, Some(person), Operation::ChangePerson).await?;
    web.may_invite(person)?;
    let command = CorrectRecord {
        operator: session.person_id(),
        ticket: input.ticket,
        assertion: input.credential,
    };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(GoTo::to(Done::Corrected.at(&format!("/people/{person}")))))
}

fn refusal(fault: CorrectRecordFault) -> Problem {
    match fault {
        CorrectRecordFault::NotAllowed(_) => nothing_here(),
        CorrectRecordFault::NoReason => Problem::new(Kind::NoReason),
        CorrectRecordFault::Ticket(error) => refused::ticket(error),
        CorrectRecordFault::Signature(error) => refused::signature(&error),
        CorrectRecordFault::Refused(ImportJoinerFault::Refused(ChangeRefusal::Left)) => {
            Problem::new(Kind::HasLeft)
        }
        CorrectRecordFault::Moved | CorrectRecordFault::Refused(_) => {
            Problem::new(Kind::RecordMoved)
        }
    }
}
