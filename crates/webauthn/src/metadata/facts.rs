//! What the reports about a model come to.

use std::time::SystemTime;

use super::{Certification, Compromise, Date, Status, StatusReport};

/// What is known of a model at some time: facts for a policy to decide on.
///
/// Whatever speaks against a model counts for as long as its report is in effect, whatever was
/// reported later: a report ends by its sunset date. Certification is what the last report on it
/// says. A weakness that is reported of one batch or one firmware counts for the model; the
/// reports themselves tell more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ModelFacts {
    /// Not to be trusted for any reason.
    pub revoked: bool,
    /// Given up by its vendor.
    pub retired: bool,
    /// Known weaknesses, each once.
    pub compromises: Vec<Compromise>,
    /// The last update that was announced.
    pub update: Option<Update>,
    /// How far it is certified.
    pub certification: Option<Certification>,
    /// Statuses that are not known here.
    pub unknown: Vec<String>,
    /// Its entry is set aside: the model may be revoked or not, and nothing else is known.
    pub unreadable: bool,
}

/// An update of a model's firmware or software.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Since when there is one.
    pub since: Option<Date>,
    /// Where. Not checked to be an address.
    pub url: Option<String>,
}

impl ModelFacts {
    pub(super) fn unreadable() -> Self {
        Self { unreadable: true, ..Self::default() }
    }

    pub(super) fn of(reports: &[StatusReport], now: SystemTime) -> Self {
        let mut in_effect: Vec<_> = reports.iter().filter(|r| r.is_in_effect_at(now)).collect();
        // They should come oldest first, and do not always. Those without a date stay in place
        // relative to each other, before the others.
        in_effect.sort_by_key(|report| report.effective);
        let mut facts = Self::default();
        for report in in_effect {
            facts.add(report);
        }
        facts.compromises.sort();
        facts.compromises.dedup();
        facts
    }

    fn add(&mut self, report: &StatusReport) {
        match &report.status {
            Status::Revoked => self.revoked = true,
            Status::Retired => self.retired = true,
            Status::Compromised(kind) => self.compromises.push(*kind),
            Status::UpdateAvailable => {
                self.update = Some(Update { since: report.effective, url: report.url.clone() });
            }
            Status::Certified(level) => self.certification = Some(*level),
            Status::NotCertified | Status::SelfAsserted => self.certification = None,
            // Another scheme; it is in the reports.
            Status::Fips140(_) => {}
            Status::Other(name) => self.unknown.push(name.clone()),
        }
    }
}
