//! The form for a joiner: what was typed, and what is wrong with it, field by field.

use std::collections::BTreeMap;

use firstkey_ports::{FieldFault, JoinerFault, JoinerField, UnverifiedJoiner};

use crate::page::Reader;

/// One field of the form.
#[derive(Debug)]
pub(super) struct FieldLine {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) value: String,
    pub(super) kind: &'static str,
    pub(super) is_required: bool,
    pub(super) fault: Option<String>,
}

/// What was typed into the form, by name of the field.
pub(super) type Typed = BTreeMap<String, String>;

/// The text of every field, as a joiner of which nothing is known.
pub(super) fn joiner(typed: &Typed) -> UnverifiedJoiner {
    let mut joiner = UnverifiedJoiner::default();
    for field in JoinerField::ALL {
        if let Some(text) = typed.get(field.name()) {
            joiner.field_mut(field).clone_from(text);
        }
    }
    joiner
}

/// The fields of a form with what was typed and what is wrong.
pub(super) fn fields(
    reader: Reader,
    of_form: &[JoinerField],
    typed: &Typed,
    faults: &BTreeMap<JoinerField, String>,
) -> Vec<FieldLine> {
    let line = |field: &JoinerField| line(reader, *field, typed, faults);
    of_form.iter().map(line).collect()
}

fn line(
    reader: Reader,
    field: JoinerField,
    typed: &Typed,
    faults: &BTreeMap<JoinerField, String>,
) -> FieldLine {
    FieldLine {
        name: field.name(),
        label: reader.get(label(field)),
        hint: hint(field).map(|hint| reader.get(hint)),
        value: typed.get(field.name()).cloned().unwrap_or_default(),
        kind: match field {
            JoinerField::PersonalEmail => "email",
            JoinerField::Mobile => "tel",
            JoinerField::StartDate => "date",
            _ => "text",
        },
        is_required: field.is_required(),
        fault: faults.get(&field).cloned(),
    }
}

/// Of somebody new: who they are, then when and where, then the rest.
pub(super) const OF_JOINER: [JoinerField; 12] = [
    JoinerField::GivenName,
    JoinerField::FamilyName,
    JoinerField::PersonalEmail,
    JoinerField::Mobile,
    JoinerField::Sponsor,
    JoinerField::StartDate,
    JoinerField::TimeZone,
    JoinerField::ExternalId,
    JoinerField::WorkerType,
    JoinerField::Department,
    JoinerField::Groups,
    JoinerField::Language,
];

const fn label(field: JoinerField) -> &'static str {
    match field {
        JoinerField::ExternalId => "console-field-external-id",
        JoinerField::GivenName => "console-field-given-name",
        JoinerField::FamilyName => "console-field-family-name",
        JoinerField::PersonalEmail => "console-field-personal-email",
        JoinerField::Mobile => "console-field-mobile",
        JoinerField::Language => "console-field-language",
        JoinerField::Sponsor => "console-field-sponsor",
        JoinerField::StartDate => "console-field-start-date",
        JoinerField::TimeZone => "console-field-time-zone",
        JoinerField::WorkerType => "console-field-worker-type",
        JoinerField::Department => "console-field-department",
        JoinerField::Groups => "console-field-groups",
    }
}

const fn hint(field: JoinerField) -> Option<&'static str> {
    match field {
        JoinerField::PersonalEmail => Some("console-hint-personal-email"),
        JoinerField::Mobile => Some("console-hint-mobile"),
        JoinerField::Language => Some("console-hint-language"),
        JoinerField::Sponsor => Some("console-hint-sponsor"),
        JoinerField::TimeZone => Some("console-hint-time-zone"),
        JoinerField::WorkerType => Some("console-hint-worker-type"),
        JoinerField::Groups => Some("console-hint-groups"),
        JoinerField::ExternalId
        | JoinerField::GivenName
        | JoinerField::FamilyName
        | JoinerField::StartDate
        | JoinerField::Department => None,
    }
}

/// Says what is wrong, beside the field.
pub(super) fn say(reader: Reader, faults: &[JoinerFault]) -> BTreeMap<JoinerField, String> {
    faults.iter().map(|fault| (fault.field, sentence(reader, fault.fault))).collect()
}

fn sentence(reader: Reader, fault: FieldFault) -> String {
    let number =
        |message: &str, name: &str, value: usize| reader.with(message, name, value.to_string());
    match fault {
        FieldFault::Missing => reader.get("console-fault-missing"),
        FieldFault::TooLong { limit } => number("console-fault-too-long", "limit", limit),
        FieldFault::Unseen { at, .. } => number("console-fault-unseen", "at", at),
        FieldFault::Damaged { at } => number("console-fault-damaged", "at", at),
        FieldFault::NoLetter => reader.get("console-fault-no-letter"),
        FieldFault::NotAnAddress => reader.get("console-fault-not-an-address"),
        FieldFault::NotANumber => reader.get("console-fault-not-a-number"),
        FieldFault::NotALanguage => reader.get("console-fault-not-a-language"),
        FieldFault::NotADate => reader.get("console-fault-not-a-date"),
        FieldFault::ImplausibleYear => reader.get("console-fault-implausible-year"),
        FieldFault::NotATimeZone => reader.get("console-fault-not-a-time-zone"),
        FieldFault::NotAWord => reader.get("console-fault-not-a-word"),
        FieldFault::TooManyGroups { limit } => {
            number("console-fault-too-many-groups", "limit", limit)
        }
        FieldFault::OwnSponsor => reader.get("console-fault-own-sponsor"),
    }
}
