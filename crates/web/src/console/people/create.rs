//! `POST /people`: somebody is to join. The first enrollment opens with them.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use firstkey_app::{
    Backend, Fault,
    people::{AddJoiner, AddJoinerFault, ImportJoinerFault},
};
use firstkey_domain::PersonId;
use firstkey_policy::Operation;
use firstkey_ports::{JoinerField, SponsorRef};

use super::{
    form::{Typed, joiner, say},
    new::{Faults, form},
};
use crate::{
    Web,
    console::{
        allowed::{demand, nothing_here},
        done::Done,
        door::Acting,
    },
    fault::{failure, problem},
    page::Reader,
    problem::Problem,
};

/// Adds them. What is wrong is said beside its field, and nothing that was typed is lost.
pub(in crate::console) async fn create<S: Backend>(
    State(web): State<Web<S>>,
    reader: Reader,
    Acting { session, input: typed }: Acting<Typed>,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::AddJoiner).await?;
    let reason = typed.get("reason").cloned().unwrap_or_default();
    let mut faults = Faults::default();
    if reason.trim().is_empty() {
        faults.reason = Some(reader.get("console-fault-reason"));
    }
    let joiner = joiner(&typed).verify().inspect_err(|wrong| faults.fields = say(reader, wrong));
    let sponsor = match joiner.as_ref().ok().and_then(|joiner| joiner.sponsor.as_ref()) {
        Some(sponsor) => match find(&web, sponsor).await? {
            Ok(sponsor) => Some(sponsor),
            Err(message) => {
                faults.fields.insert(JoinerField::Sponsor, reader.get(message));
                None
            }
        },
        None => None,
    };
    let is_good = faults.fields.is_empty() && faults.reason.is_none();
    let Some(joiner) = joiner.ok().filter(|_| is_good) else {
        return again(form(&web, &session, reader, &typed, faults).await);
    };
    let command = AddJoiner { operator: session.person_id(), joiner, sponsor, reason };
    match web.app.add_joiner(command).await {
        Ok(person) => Ok(Done::Opened.redirect(&format!("/people/{person}")).into_response()),
        Err(Fault::Refused(refused)) => {
            faults_of(reader, refused, &mut faults)?;
            again(form(&web, &session, reader, &typed, faults).await)
        }
        Err(fault) => Err(problem(fault, |_| nothing_here())),
    }
}

fn again(form: Result<Response, Problem>) -> Result<Response, Problem> {
    form.map(|page| (StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The one person whom the form names as sponsor, or why there is none.
async fn find<S: Backend>(
    web: &Web<S>,
    sponsor: &SponsorRef,
) -> Result<Result<PersonId, &'static str>, Problem> {
    let store = web.app.store();
    let found = match sponsor {
        SponsorRef::Email(address) => store.people_by_email(std::slice::from_ref(address)).await,
        SponsorRef::ExternalId(id) => store.people_by_external_id(std::slice::from_ref(id)).await,
    };
    let found = found.map_err(|error| failure(Fault::Store(error)))?;
    let mut active = found.iter().filter(|person| person.active);
    Ok(match (active.next(), active.next()) {
        (Some(sponsor), None) => Ok(sponsor.id),
        (None, _) => Err("console-fault-unknown-sponsor"),
        (Some(_), Some(_)) => Err("console-fault-several-sponsors"),
    })
}

fn faults_of(reader: Reader, refused: AddJoinerFault, faults: &mut Faults) -> Result<(), Problem> {
    match refused {
        AddJoinerFault::NotAllowed(_) => return Err(nothing_here()),
        AddJoinerFault::NoReason => faults.reason = Some(reader.get("console-fault-reason")),
        AddJoinerFault::Refused(ImportJoinerFault::ExternalIdTaken) => {
            let message = reader.get("console-fault-external-id-taken");
            faults.fields.insert(JoinerField::ExternalId, message);
        }
        AddJoinerFault::Refused(ImportJoinerFault::NameTaken | ImportJoinerFault::NoNameLeft) => {
            faults.whole = Some(reader.get("console-fault-no-name-left"));
        }
        AddJoinerFault::Refused(
            ImportJoinerFault::Refused(_)
            | ImportJoinerFault::Weakens
            | ImportJoinerFault::Open(_)
            | ImportJoinerFault::Ended(_),
        ) => faults.whole = Some(reader.get("console-fault-refused")),
    }
    Ok(())
}
