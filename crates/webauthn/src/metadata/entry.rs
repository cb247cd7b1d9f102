//! One model.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde_json::value::RawValue;

use super::{
    Date, EntryError, KeyIdentifier, ModelFacts, PngIcon, Status, StatusReport,
    VerificationCombination, VerificationMethod, base64, verification, wire,
};
use crate::ensure;
use crate::ids::Aaguid;
use crate::x509::TrustAnchor;

/// Larger entries are not read; the largest that are published have some hundred thousand bytes.
const MAX_LEN: usize = 1 << 20;

/// What is published about a model of authenticator.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry {
    /// The model, where it speaks FIDO2.
    pub aaguid: Option<Aaguid>,
    /// The model, where it speaks UAF.
    pub aaid: Option<String>,
    /// The model, where it has neither: what its attestation keys are.
    pub key_identifiers: Vec<KeyIdentifier>,
    /// What it speaks.
    pub protocol_family: ProtocolFamily,
    /// How it attests, in the words of the FIDO registry, such as `basic_full`.
    pub attestation_types: Vec<String>,
    /// How it can verify its user: each combination is an alternative. Empty when it is not told.
    pub verification: Vec<VerificationCombination>,
    /// What is reported of it, in the order in which it was sent.
    pub status_reports: Vec<StatusReport>,
    /// When a status report was last added or changed.
    pub last_status_change: Option<Date>,
    /// How many of its root certificates could not be read. Those are believed by nobody.
    pub unreadable_roots: usize,
    description: Option<String>,
    friendly_names: BTreeMap<String, String>,
    pub(super) roots: Vec<TrustAnchor>,
    json: Box<RawValue>,
}

/// The protocol that a model speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProtocolFamily {
    /// WebAuthn and CTAP2.
    Fido2,
    /// CTAP1.
    U2f,
    /// UAF, which is none of ours.
    Uaf,
    /// Something else, or not told.
    Other,
}

impl Entry {
    pub(super) fn read(json: &RawValue) -> Result<Self, EntryError> {
        ensure(json.get().len() <= MAX_LEN, EntryError::TooLarge)?;
        let entry: wire::Entry = serde_json::from_str(json.get()).map_err(|_| EntryError::Shape)?;
        let aaguid = entry.aaguid.as_deref().map(read_aaguid);
        let key_identifiers = entry
            .attestation_certificate_key_identifiers
            .iter()
            .map(|text| KeyIdentifier::from_text(text).ok_or(EntryError::Model))
            .collect::<Result<Vec<_>, _>>()?;
        let named = aaguid.is_some() || entry.aaid.is_some() || !key_identifiers.is_empty();
        ensure(named, EntryError::Model)?;
        let statement = entry.metadata_statement;
        let certificates = statement.attestation_root_certificates;
        let roots: Vec<_> = certificates.iter().filter_map(|text| read_root(text)).collect();
        Ok(Self {
            aaguid: aaguid.transpose()?,
            aaid: entry.aaid,
            key_identifiers,
            protocol_family: ProtocolFamily::from_name(statement.protocol_family.as_deref()),
            attestation_types: statement.attestation_types,
            verification: verification::read(statement.user_verification_details.as_ref()),
            status_reports: entry
                .status_reports
                .into_iter()
                .map(read_report)
                .collect::<Result<_, _>>()?,
            last_status_change: entry
                .time_of_last_status_change
                .and_then(|text| Date::from_text(&text)),
            unreadable_roots: certificates.len().saturating_sub(roots.len()),
            description: statement.description,
            friendly_names: statement.friendly_names.unwrap_or_default(),
            roots,
            json: json.to_owned(),
        })
    }

    /// What speaks for and against the model at this time.
    pub fn facts_at(&self, now: SystemTime) -> ModelFacts {
        ModelFacts::of(&self.status_reports, now)
    }

    /// Whether some combination in which the model can verify its user has such a method. What was
    /// done at a ceremony is another matter: the user may have chosen another combination.
    pub fn can_verify_by(&self, is_it: impl Fn(&VerificationMethod) -> bool) -> bool {
        self.verification.iter().flatten().any(is_it)
    }

    /// The model's name for people who read this language (`RFC 5646`, such as `de`): what the
    /// vendor calls it there, or in English.
    pub fn name(&self, language: &str) -> Option<&str> {
        let in_language = |wanted: &str| {
            let primary =
                |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            let exact =
                self.friendly_names.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
            exact
                .or_else(|| {
                    self.friendly_names.iter().find(|(tag, _)| primary(tag) == primary(wanted))
                })
                .map(|(_, name)| name.as_str())
        };
        in_language(language).or_else(|| in_language("en")).or(self.description.as_deref())
    }

    /// Its picture, decoded anew each time.
    pub fn icon(&self) -> Option<PngIcon> {
        let entry: wire::Pictured = serde_json::from_str(self.json.get()).ok()?;
        PngIcon::from_data_url(&entry.metadata_statement.icon?)
    }

    /// The whole entry as it was sent, with the members that are not read here.
    pub fn json(&self) -> &str {
        self.json.get()
    }
}

impl ProtocolFamily {
    fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("fido2") => Self::Fido2,
            Some("u2f") => Self::U2f,
            Some("uaf") => Self::Uaf,
            _ => Self::Other,
        }
    }
}

fn read_aaguid(text: &str) -> Result<Aaguid, EntryError> {
    // Zero is what those say who do not tell their model.
    Aaguid::from_text(text).filter(|aaguid| !aaguid.is_zero()).ok_or(EntryError::Model)
}

fn read_root(text: &str) -> Option<TrustAnchor> {
    TrustAnchor::from_der(&base64::decode(text)?).ok()
}

fn read_report(report: wire::StatusReport) -> Result<StatusReport, EntryError> {
    // A report whose date cannot be read might be in effect or not; guessing either way is wrong
    // for one kind of report or the other.
    let date = |text: Option<String>| match text {
        Some(text) => Date::from_text(&text).map(Some).ok_or(EntryError::Date),
        None => Ok(None),
    };
    Ok(StatusReport {
        status: Status::from_name(&report.status),
        effective: date(report.effective_date)?,
        sunset: date(report.sunset_date)?,
        authenticator_version: report.authenticator_version,
        url: report.url,
        certificate: report.certificate.or(report.batch_certificate),
    })
}
