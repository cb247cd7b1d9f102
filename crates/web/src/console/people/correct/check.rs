//! What was typed to correct a record, checked as far as it can be before it is signed.

use firstkey_app::Backend;
use firstkey_domain::{
    PersonId,
    person::{Person, Record},
};
use firstkey_ports::{Joiner, JoinerField};

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        people::{
            check::find,
            form::{Typed, joiner, say},
            new::Faults,
        },
    },
    fault::failure,
    page::Reader,
    problem::Problem,
};

/// What is corrected: who they are, who vouches, when they start. What policies read of groups and kind
/// of worker comes from HR alone, and HR's identifier says who it is.
pub(super) const OF_RECORD: [JoinerField; 9] = [
    JoinerField::GivenName,
    JoinerField::FamilyName,
    JoinerField::PersonalEmail,
    JoinerField::Mobile,
    JoinerField::Sponsor,
    JoinerField::StartDate,
    JoinerField::TimeZone,
    JoinerField::Department,
    JoinerField::Language,
];

/// The field in which the page that is signed from carries which version of the record it showed.
pub(super) const VERSION_SHOWN: &str = "version_shown";

/// A record as it stands.
pub(super) struct Known {
    pub(super) person: Person,
    pub(super) version: u64,
    record: Record,
    /// What the form shows of it.
    pub(super) typed: Typed,
}

/// A correction that can be signed for.
pub(super) struct Corrected {
    pub(super) joiner: Joiner,
    pub(super) sponsor: Option<PersonId>,
    pub(super) reason: String,
}

impl Known {
    /// Reads it. Of somebody who left or was erased there is nothing to correct.
    pub(super) async fn of<S: Backend>(web: &Web<S>, id: PersonId) -> Result<Self, Problem> {
        let found = web.app.peek::<Person>(id).await.map_err(failure)?;
        let found = found.filter(|person| person.is_active()).ok_or_else(nothing_here)?;
        let record = found.record.expose().cloned().ok_or_else(nothing_here)?;
        let sponsor = match found.profile.sponsor {
            Some(sponsor) => web.app.peek::<Person>(sponsor).await.map_err(failure)?,
            None => None,
        };
        let sponsor = sponsor.and_then(|it| Some(it.record.expose()?.personal_email.clone()));
        let version = found.version();
        let typed = typed(&found, &record, sponsor.unwrap_or_default());
        Ok(Self { person: found.state, version, record, typed })
    }

    /// Whether this text of a field is what is known already.
    pub(super) fn has(&self, field: JoinerField, typed: &Typed) -> bool {
        let text = |of: &Typed| of.get(field.name()).map(|text| text.trim().to_owned());
        text(typed).unwrap_or_default() == text(&self.typed).unwrap_or_default()
    }

    /// The fields that would differ.
    pub(super) fn differing(&self, typed: &Typed) -> Vec<JoinerField> {
        OF_RECORD.into_iter().filter(|field| !self.has(*field, typed)).collect()
    }

    /// Checks what was typed, or says what is wrong beside each field.
    pub(super) async fn check<S: Backend>(
        &self,
        web: &Web<S>,
        reader: Reader,
        typed: &Typed,
    ) -> Result<Result<Corrected, Faults>, Problem> {
        let reason = typed.get("reason").cloned().unwrap_or_default();
        let mut faults = Faults::default();
        if reason.trim().is_empty() {
            faults.reason = Some(reader.get("console-fault-reason"));
        }
        let mut unverified = joiner(typed);
        self.record.external_id.clone_into(unverified.field_mut(JoinerField::ExternalId));
        let worker_type = &self.person.profile.worker_type;
        worker_type.clone_into(unverified.field_mut(JoinerField::WorkerType));
        unverified.field_mut(JoinerField::Groups).clear();
        let joiner = match unverified.verify() {
            Ok(joiner) => joiner,
            Err(wrong) => {
                faults.fields = say(reader, &wrong);
                return Ok(Err(faults));
            }
        };
        // Who is shown stays who they are, also when somebody else has their address as well.
        let mut sponsor = self.person.profile.sponsor;
        if !self.has(JoinerField::Sponsor, typed) {
            sponsor = None;
            if let Some(named) = &joiner.sponsor {
                match find(web, named).await? {
                    Ok(found) => sponsor = Some(found),
                    Err(message) => {
                        faults.fields.insert(JoinerField::Sponsor, reader.get(message));
                    }
                }
            }
        }
        if sponsor == Some(self.person.id) {
            let message = reader.get("console-fault-own-sponsor");
            faults.fields.insert(JoinerField::Sponsor, message);
        }
        let is_good = faults.fields.is_empty() && faults.reason.is_none();
        Ok(if is_good { Ok(Corrected { joiner, sponsor, reason }) } else { Err(faults) })
    }
}

fn typed(person: &Person, record: &Record, sponsor: String) -> Typed {
    let profile = &person.profile;
    let text = |field| match field {
        JoinerField::GivenName => record.given_name.clone(),
        JoinerField::FamilyName => record.family_name.clone(),
        JoinerField::PersonalEmail => record.personal_email.clone(),
        JoinerField::Mobile => record.mobile.clone().unwrap_or_default(),
        JoinerField::Language => record.language.clone().unwrap_or_default(),
        JoinerField::Sponsor => sponsor.clone(),
        JoinerField::StartDate => profile.start_date.to_string(),
        JoinerField::TimeZone => profile.time_zone.clone(),
        JoinerField::Department => profile.department.clone().unwrap_or_default(),
        JoinerField::ExternalId | JoinerField::WorkerType | JoinerField::Groups => String::new(),
    };
    OF_RECORD.into_iter().map(|field| (field.name().to_owned(), text(field))).collect()
}
