//! What is reported about a model.

use std::time::SystemTime;

use super::{Certification, Date};

/// A status
/// (<https://fidoalliance.org/specs/mds/fido-metadata-service-v3.1.1-ps-20260105.html#sctn-authnr-stat>).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// `NOT_FIDO_CERTIFIED`
    NotCertified,
    /// `SELF_ASSERTION_SUBMITTED`: the vendor filled in the checklist itself.
    SelfAsserted,
    /// `FIDO_CERTIFIED` and its levels.
    Certified(Certification),
    /// One of the known weaknesses.
    Compromised(Compromise),
    /// `UPDATE_AVAILABLE`
    UpdateAvailable,
    /// `RETIRED`: the vendor wants it accepted no longer.
    Retired,
    /// `REVOKED`: not to be trusted for any reason.
    Revoked,
    /// `FIPS140_CERTIFIED_L1` to `L4`: the overall level.
    Fips140(u8),
    /// A status that is not known here, as it was sent.
    Other(String),
}

/// A weakness that is known of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Compromise {
    /// `USER_VERIFICATION_BYPASS`: malware gets around user verification.
    UserVerificationBypass,
    /// `ATTESTATION_KEY_COMPROMISE`: an attestation key is in the wrong hands. The report may
    /// name its certificate.
    AttestationKey,
    /// `USER_KEY_REMOTE_COMPROMISE`: credentials can be taken from afar.
    UserKeyRemote,
    /// `USER_KEY_PHYSICAL_COMPROMISE`: credentials can be taken by whoever holds the device.
    UserKeyPhysical,
}

impl Status {
    pub(super) fn from_name(name: &str) -> Self {
        if let Some(level) = Certification::from_status(name) {
            return Self::Certified(level);
        }
        match name {
            "NOT_FIDO_CERTIFIED" => Self::NotCertified,
            "SELF_ASSERTION_SUBMITTED" => Self::SelfAsserted,
            "USER_VERIFICATION_BYPASS" => Self::Compromised(Compromise::UserVerificationBypass),
            "ATTESTATION_KEY_COMPROMISE" => Self::Compromised(Compromise::AttestationKey),
            "USER_KEY_REMOTE_COMPROMISE" => Self::Compromised(Compromise::UserKeyRemote),
            "USER_KEY_PHYSICAL_COMPROMISE" => Self::Compromised(Compromise::UserKeyPhysical),
            "UPDATE_AVAILABLE" => Self::UpdateAvailable,
            "RETIRED" => Self::Retired,
            "REVOKED" => Self::Revoked,
            "FIPS140_CERTIFIED_L1" => Self::Fips140(1),
            "FIPS140_CERTIFIED_L2" => Self::Fips140(2),
            "FIPS140_CERTIFIED_L3" => Self::Fips140(3),
            "FIPS140_CERTIFIED_L4" => Self::Fips140(4),
            other => Self::Other(other.to_owned()),
        }
    }
}

/// One report
/// (<https://fidoalliance.org/specs/mds/fido-metadata-service-v3.1.1-ps-20260105.html#sctn-stat-rep>).
/// Its other members are in [`super::Entry::json`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusReport {
    /// What is reported.
    pub status: Status,
    /// The first day on which it is so; when absent, it is so while it is reported.
    pub effective: Option<Date>,
    /// The day from which it is so no longer.
    pub sunset: Option<Date>,
    /// The firmware to which it relates.
    pub authenticator_version: Option<u64>,
    /// Where more can be read. Not checked to be an address.
    pub url: Option<String>,
    /// The attestation certificate that it is about, or of the batch that it is about, in the
    /// base64 in which it was sent.
    pub certificate: Option<String>,
}

impl StatusReport {
    /// Whether the report counts at this time.
    pub fn is_in_effect_at(&self, now: SystemTime) -> bool {
        self.effective.is_none_or(|day| day.begins() <= now)
            && self.sunset.is_none_or(|day| now < day.begins())
    }
}
