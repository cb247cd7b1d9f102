//! How a model can verify its user.

use serde_json::Value;

/// A method of verifying the user, by the names of the FIDO registry
/// (<https://fidoalliance.org/specs/common-specs/fido-registry-v2.3-ps-20260105.html#user-verification-methods>).
/// What is *internal* happens within the boundary of the authenticator; for what is *external* the
/// user may have to do it elsewhere, as a PIN that is typed into the computer beside a security key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VerificationMethod {
    /// `presence_internal`: that somebody is there, which verifies nobody.
    Presence,
    /// `fingerprint_internal`
    Fingerprint,
    /// `passcode_internal`
    PasscodeInternal,
    /// `voiceprint_internal`
    Voiceprint,
    /// `faceprint_internal`
    Faceprint,
    /// `location_internal`
    Location,
    /// `eyeprint_internal`
    Eyeprint,
    /// `pattern_internal`
    PatternInternal,
    /// `handprint_internal`
    Handprint,
    /// `passcode_external`
    PasscodeExternal,
    /// `pattern_external`
    PatternExternal,
    /// `none`: answers without any user.
    None,
    /// `all`: from a time when a list said what is enforced together.
    All,
    /// A method that is not known here, as it was sent.
    Other(String),
}

impl VerificationMethod {
    fn from_name(name: &str) -> Self {
        match name {
            "presence_internal" => Self::Presence,
            "fingerprint_internal" => Self::Fingerprint,
            "passcode_internal" => Self::PasscodeInternal,
            "voiceprint_internal" => Self::Voiceprint,
            "faceprint_internal" => Self::Faceprint,
            "location_internal" => Self::Location,
            "eyeprint_internal" => Self::Eyeprint,
            "pattern_internal" => Self::PatternInternal,
            "handprint_internal" => Self::Handprint,
            "passcode_external" => Self::PasscodeExternal,
            "pattern_external" => Self::PatternExternal,
            "none" => Self::None,
            "all" => Self::All,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Whether it measures the user's body.
    pub const fn is_biometric(&self) -> bool {
        matches!(
            self,
            Self::Fingerprint
                | Self::Voiceprint
                | Self::Faceprint
                | Self::Eyeprint
                | Self::Handprint
        )
    }
}

/// Methods that are applied together.
pub type VerificationCombination = Vec<VerificationMethod>;

/// The combinations of `userVerificationDetails`, each an alternative
/// (<https://fidoalliance.org/specs/mds/fido-metadata-statement-v3.1.1-ps-20260105.html#dom-metadatastatement-userverificationdetails>).
/// What has another shape counts as not told.
pub(super) fn read(details: Option<&Value>) -> Vec<VerificationCombination> {
    let method = |descriptor: &Value| {
        Some(VerificationMethod::from_name(descriptor.get("userVerificationMethod")?.as_str()?))
    };
    let combination = |methods: &Value| methods.as_array()?.iter().map(method).collect();
    let combinations = details.and_then(Value::as_array).into_iter().flatten();
    combinations.filter_map(combination).filter(|methods: &Vec<_>| !methods.is_empty()).collect()
}
