//! What was typed into the form for a joiner, checked as far as it can be before it is signed.

use firstkey_app::{Backend, Fault};
use firstkey_domain::PersonId;
use firstkey_ports::{Joiner, JoinerField, SponsorRef};

use super::{
    form::{Typed, joiner, say},
    new::Faults,
};
use crate::{Web, fault::failure, page::Reader, problem::Problem};

/// A joiner who can be signed for.
pub(super) struct Checked {
    pub(super) joiner: Joiner,
    pub(super) sponsor: Option<PersonId>,
    pub(super) reason: String,
}

/// The field in which the page that is signed from carries who the sponsor is.
///
/// What was typed names a sponsor by an address or a number. Who is known by it may change between the
/// page and the press; what is signed must be what was shown.
pub(super) const SPONSOR_SHOWN: &str = "sponsor_shown";

impl Checked {
    /// What that field holds.
    pub(super) fn sponsor_shown(&self) -> String {
        self.sponsor.map(|sponsor| sponsor.to_string()).unwrap_or_default()
    }

    /// Whether the sponsor is whom the page showed.
    pub(super) fn is_as_shown(&self, typed: &Typed) -> bool {
        typed.get(SPONSOR_SHOWN).is_some_and(|shown| *shown == self.sponsor_shown())
    }
}

/// Checks it, or says what is wrong beside each field.
pub(super) async fn check<S: Backend>(
    web: &Web<S>,
    reader: Reader,
    typed: &Typed,
) -> Result<Result<Checked, Faults>, Problem> {
    let reason = typed.get("reason").cloned().unwrap_or_default();
    let mut faults = Faults::default();
    if reason.trim().is_empty() {
        faults.reason = Some(reader.get("console-fault-reason"));
    }
    let joiner = match joiner(typed).verify() {
        Ok(joiner) => joiner,
        Err(wrong) => {
            faults.fields = say(reader, &wrong);
            return Ok(Err(faults));
        }
    };
    let mut sponsor = None;
    if let Some(named) = &joiner.sponsor {
        match find(web, named).await? {
            Ok(found) => sponsor = Some(found),
            Err(message) => {
                faults.fields.insert(JoinerField::Sponsor, reader.get(message));
            }
        }
    }
    let same = web.app.store().people_by_external_id(std::slice::from_ref(&joiner.external_id));
    if !same.await.map_err(|error| failure(Fault::Store(error)))?.is_empty() {
        let message = reader.get("console-fault-external-id-taken");
        faults.fields.insert(JoinerField::ExternalId, message);
    }
    let is_good = faults.fields.is_empty() && faults.reason.is_none();
    Ok(if is_good { Ok(Checked { joiner, sponsor, reason }) } else { Err(faults) })
}

/// The one person whom the form names as sponsor, or why there is none.
pub(super) async fn find<S: Backend>(
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
