//! A joiner as text, and the check that makes a joiner of it.

use std::{collections::BTreeSet, fmt};

use super::{
    FieldFault, Joiner, JoinerFault, JoinerField, SponsorRef, address, calendar, language, text,
};

/// The most characters of a name.
const NAME: usize = 128;
/// The most characters of an identifier, a department or a group.
const LABEL: usize = 128;
/// The most characters of a worker type.
const WORD: usize = 32;
/// The most groups.
const GROUPS: usize = 64;

/// A joiner as a file's row or a form brings it: text, of which nothing is known. Empty means absent;
/// space around a value is not part of it.
#[derive(Clone, Default)]
pub struct UnverifiedJoiner {
    /// HR's identifier.
    pub external_id: String,
    /// Given name, or the only name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Private e-mail address.
    pub personal_email: String,
    /// Mobile number.
    pub mobile: String,
    /// Language tag.
    pub language: String,
    /// Sponsor, by e-mail address or HR's identifier.
    pub sponsor: String,
    /// First working day.
    pub start_date: String,
    /// Time zone.
    pub time_zone: String,
    /// Kind of worker.
    pub worker_type: String,
    /// Department.
    pub department: String,
    /// Groups, separated by semicolons.
    pub groups: String,
}

impl UnverifiedJoiner {
    /// The text of a field.
    pub const fn field_mut(&mut self, field: JoinerField) -> &mut String {
        match field {
            JoinerField::ExternalId => &mut self.external_id,
            JoinerField::GivenName => &mut self.given_name,
            JoinerField::FamilyName => &mut self.family_name,
            JoinerField::PersonalEmail => &mut self.personal_email,
            JoinerField::Mobile => &mut self.mobile,
            JoinerField::Language => &mut self.language,
            JoinerField::Sponsor => &mut self.sponsor,
            JoinerField::StartDate => &mut self.start_date,
            JoinerField::TimeZone => &mut self.time_zone,
            JoinerField::WorkerType => &mut self.worker_type,
            JoinerField::Department => &mut self.department,
            JoinerField::Groups => &mut self.groups,
        }
    }

    /// Checks every field. Fails with all that is wrong, in the order of the fields.
    pub fn verify(&self) -> Result<Joiner, Vec<JoinerFault>> {
        use JoinerField as F;
        let mut faults = Faults::default();
        let external_id = faults.required(F::ExternalId, &self.external_id, label);
        let given_name = faults.required(F::GivenName, &self.given_name, name);
        let family_name = faults.optional(F::FamilyName, &self.family_name, name);
        let personal_email =
            faults.required(F::PersonalEmail, &self.personal_email, address::email);
        let mobile = faults.optional(F::Mobile, &self.mobile, address::mobile);
        let language = faults.optional(F::Language, &self.language, language::tag);
        let sponsor = faults.optional(F::Sponsor, &self.sponsor, |text| {
            let sponsor = sponsor(text)?;
            let is_self = match &sponsor {
                SponsorRef::Email(email) => personal_email.as_ref() == Some(email),
                SponsorRef::ExternalId(id) => external_id.as_ref() == Some(id),
            };
            if is_self { Err(FieldFault::OwnSponsor) } else { Ok(sponsor) }
        });
        let start_date = faults.required(F::StartDate, &self.start_date, calendar::date);
        let time_zone = faults.required(F::TimeZone, &self.time_zone, calendar::time_zone);
        let worker_type = faults.required(F::WorkerType, &self.worker_type, word);
        let department = faults.optional(F::Department, &self.department, label);
        let groups = faults.optional(F::Groups, &self.groups, groups);

        let joiner = (|| {
            Some(Joiner {
                external_id: external_id?,
                given_name: given_name?,
                family_name: family_name.unwrap_or_default(),
                personal_email: personal_email?,
                mobile,
                language,
                sponsor,
                start_date: start_date?,
                time_zone: time_zone?,
                worker_type: worker_type?,
                department,
                groups: groups.unwrap_or_default(),
            })
        })();
        joiner.filter(|_| faults.0.is_empty()).ok_or(faults.0)
    }
}

impl fmt::Debug for UnverifiedJoiner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnverifiedJoiner").finish_non_exhaustive()
    }
}

/// Collects what is wrong while every field is looked at.
#[derive(Default)]
struct Faults(Vec<JoinerFault>);

impl Faults {
    fn optional<T>(
        &mut self,
        field: JoinerField,
        text: &str,
        check: impl FnOnce(&str) -> Result<T, FieldFault>,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        check(text).map_err(|fault| self.0.push(JoinerFault { field, fault })).ok()
    }

    fn required<T>(
        &mut self,
        field: JoinerField,
        text: &str,
        check: impl FnOnce(&str) -> Result<T, FieldFault>,
    ) -> Option<T> {
        if text.trim().is_empty() {
            self.0.push(JoinerFault { field, fault: FieldFault::Missing });
        }
        self.optional(field, text, check)
    }
}

fn name(text: &str) -> Result<String, FieldFault> {
    text::name(text, NAME).map(|()| text.to_owned())
}

fn label(text: &str) -> Result<String, FieldFault> {
    text::visible(text, LABEL).map(|()| text.to_owned())
}

fn word(text: &str) -> Result<String, FieldFault> {
    if text.chars().count() > WORD {
        return Err(FieldFault::TooLong { limit: WORD });
    }
    let is_word =
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_word { Ok(text.to_ascii_lowercase()) } else { Err(FieldFault::NotAWord) }
}

fn sponsor(text: &str) -> Result<SponsorRef, FieldFault> {
    if text.contains('@') {
        address::email(text).map(SponsorRef::Email)
    } else {
        label(text).map(SponsorRef::ExternalId)
    }
}

fn groups(text: &str) -> Result<BTreeSet<String>, FieldFault> {
    let groups = text
        .split(';')
        .map(str::trim)
        .filter(|group| !group.is_empty())
        .map(label)
        .collect::<Result<BTreeSet<_>, _>>()?;
    if groups.len() > GROUPS {
        return Err(FieldFault::TooManyGroups { limit: GROUPS });
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ana() -> UnverifiedJoiner {
        UnverifiedJoiner {
            external_id: "E-1".into(),
            given_name: " Ana ".into(),
            family_name: "Núñez".into(),
            personal_email: "ana@Example.org".into(),
            mobile: "+34600111222".into(),
            language: "ES-es".into(),
            sponsor: "Boss@Example.org".into(),
            start_date: "2026-03-31".into(),
            time_zone: "europe/madrid".into(),
            worker_type: "Employee".into(),
            department: "Payments".into(),
            groups: "staff; payments;;staff".into(),
        }
    }

    #[test]
    fn a_good_joiner_is_put_in_its_usual_form() {
        let joiner = ana().verify().unwrap();
        assert_eq!(joiner.given_name, "Ana");
        assert_eq!(joiner.personal_email, "ana@example.org");
        assert_eq!(joiner.language.as_deref(), Some("es-ES"));
        assert_eq!(joiner.sponsor, Some(SponsorRef::Email("Boss@example.org".into())));
        assert_eq!(joiner.time_zone, "Europe/Madrid");
        assert_eq!(joiner.worker_type, "employee");
        assert_eq!(joiner.groups, BTreeSet::from(["payments".into(), "staff".into()]));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once_in_the_fields_order() {
        let wrong = UnverifiedJoiner {
            external_id: "  ".into(),
            mobile: "600".into(),
            start_date: "31/3/26".into(),
            worker_type: "external contractor".into(),
            groups: (0..65).map(|n| n.to_string()).collect::<Vec<_>>().join(";"),
            ..ana()
        };
        let said = wrong.verify().unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            said,
            [
                "external_id is missing",
                "mobile is not an international number such as +34600111222 (a spreadsheet may \
                 have dropped the plus sign: format that column as text)",
                "start_date is not a date written as 2026-03-31",
                "worker_type may only have the letters a to z, digits, - and _, such as employee",
                "groups has more than 64 groups",
            ]
        );
    }

    #[test]
    fn nobody_sponsors_themselves() {
        for sponsor in ["E-1", "ana@EXAMPLE.org"] {
            let faults =
                UnverifiedJoiner { sponsor: sponsor.into(), ..ana() }.verify().unwrap_err();
            let expected =
                JoinerFault { field: JoinerField::Sponsor, fault: FieldFault::OwnSponsor };
            assert_eq!(faults, [expected]);
        }
    }

    #[test]
    fn debug_shows_nobody() {
        let joiner = ana().verify().unwrap();
        let shown = format!("{:?} {joiner:?} {:?}", ana(), joiner.sponsor);
        assert_eq!(shown, "UnverifiedJoiner { .. } Joiner { .. } Some(Email(redacted))");
    }
}
