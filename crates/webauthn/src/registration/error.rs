//! One variant for each way a registration can fail, named after the step that refuses it.

use thiserror::Error;

use crate::attestation::{AttestationError, AttestationObjectError};
use crate::authenticator_data::AuthenticatorDataError;
use crate::cbor::CborError;
use crate::client_data::FrameFlaw;
use crate::cose::CoseError;

/// Why a registration is refused. Steps are those of
/// <https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential>.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RegistrationError {
    /// Step 3: the response is not one: `id` and `rawId` differ, or it lists too many or
    /// malformed transports (<https://www.w3.org/TR/webauthn-3/#dom-publickeycredential-rawid>).
    #[error("step 3: the response is inconsistent")]
    Response,
    /// Step 6: the client data is not JSON of the expected shape, or has more than 8192 bytes
    /// (<https://www.w3.org/TR/webauthn-3/#dictionary-client-data>).
    #[error("step 6: client data is malformed")]
    ClientData,
    /// Step 7: the client data's type is not `webauthn.create`
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-type>).
    #[error("step 7: client data is not of type webauthn.create")]
    Type,
    /// Step 8: the challenge is another one
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-challenge>).
    #[error("step 8: the challenge is not the one issued")]
    Challenge,
    /// Step 9: the origin is not accepted
    /// (<https://www.w3.org/TR/webauthn-3/#rp-op-registering-a-new-credential-step-origin>).
    #[error("step 9: origin is not accepted")]
    Origin,
    /// Step 10: the ceremony ran inside another site's frame, where none is accepted or, for
    /// conditional mediation, possible
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-crossorigin>).
    #[error("step 10: ceremonies inside frames of other origins are not accepted")]
    CrossOrigin,
    /// Step 10: the ceremony ran inside another site's frame, and the client does not say whose
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-crossorigin>).
    #[error("step 10: the page around the frame is not named")]
    UnnamedFrame,
    /// Step 11: the page around the frame is named although there is said to be no other site's
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-toporigin>).
    #[error("step 11: a top origin without a frame of another origin")]
    StrayTopOrigin,
    /// Step 11: the page around the frame is not accepted
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-toporigin>).
    #[error("step 11: top origin is not accepted")]
    TopOrigin,
    /// Step 13: the attestation object is malformed
    /// (<https://www.w3.org/TR/webauthn-3/#attestation-object>).
    #[error("step 13: {0}")]
    AttestationObject(#[source] AttestationObjectError),
    /// Step 13: the authenticator data in it is malformed
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data>).
    #[error("step 13: {0}")]
    AuthenticatorData(#[source] AuthenticatorDataError),
    /// Step 13: the credential's id is not the one that the response names
    /// (<https://www.w3.org/TR/webauthn-3/#dom-publickeycredential-identifier-slot>).
    #[error("step 13: the attested credential id is not the response's")]
    CredentialId,
    /// Step 14: the authenticator was told another RP ID
    /// (<https://www.w3.org/TR/webauthn-3/#authdata-rpidhash>).
    #[error("step 14: the RP ID hash is another relying party's")]
    RpIdHash,
    /// Step 15: nobody was present, and mediation was not conditional
    /// (<https://www.w3.org/TR/webauthn-3/#authdata-flags-up>).
    #[error("step 15: the user was not present")]
    UserPresence,
    /// Step 16: the user was not verified, and had to be
    /// (<https://www.w3.org/TR/webauthn-3/#authdata-flags-uv>).
    #[error("step 16: the user was not verified")]
    UserVerification,
    /// Step 17: backed up but not eligible for backup
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-credential-backup>).
    #[error("step 17: backed up without being eligible for it")]
    BackupState,
    /// Step 20: the public key is malformed
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data>).
    #[error("step 20: {0}")]
    PublicKey(#[source] CoseError),
    /// Step 20: the public key's algorithm was not offered
    /// (<https://www.w3.org/TR/webauthn-3/#dom-publickeycredentialcreationoptions-pubkeycredparams>).
    #[error("step 20: the credential's algorithm was not requested")]
    Algorithm,
    /// Step 21: the attestation statement's format is not supported
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-attstn-fmt-ids>).
    #[error("step 21: attestation format {0:?} is not supported")]
    UnsupportedFormat(String),
    /// Step 21: the format is `android-safetynet`, which the specification deprecates: Google
    /// retired the service that made and judged these statements, and what they say was never
    /// about the authenticator. With Google Play services of today the same device attests by
    /// `android-key`, or can register without attestation
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-android-safetynet-attestation>).
    #[error(
        "step 21: attestation format android-safetynet was retired; update Google Play services \
         on the device, or ask for no attestation"
    )]
    SafetyNet,
    /// Step 22: the attestation statement is wrong
    /// (<https://www.w3.org/TR/webauthn-3/#reg-ceremony-verify-attestation>).
    #[error("step 22: {0}")]
    Attestation(#[source] AttestationError),
    /// Step 24: the policy wants an attestation that chains to an accepted root
    /// (<https://www.w3.org/TR/webauthn-3/#reg-ceremony-assess-trust>).
    #[error("step 24: the attestation is not trusted")]
    Untrusted,
    /// Step 28: the output of an extension that is understood is not of its type
    /// (<https://www.w3.org/TR/webauthn-3/#reg-ceremony-verify-extension-outputs>).
    #[error("step 28: extension outputs: {0}")]
    Extensions(#[source] CborError),
}

impl RegistrationError {
    /// The step of the specification that refused, for logs and metrics.
    pub fn step(&self) -> u8 {
        match self {
            Self::Response => 3,
            Self::ClientData => 6,
            Self::Type => 7,
            Self::Challenge => 8,
            Self::Origin => 9,
            Self::CrossOrigin | Self::UnnamedFrame => 10,
            Self::StrayTopOrigin | Self::TopOrigin => 11,
            Self::AttestationObject(_) | Self::AuthenticatorData(_) | Self::CredentialId => 13,
            Self::RpIdHash => 14,
            Self::UserPresence => 15,
            Self::UserVerification => 16,
            Self::BackupState => 17,
            Self::PublicKey(_) | Self::Algorithm => 20,
            Self::UnsupportedFormat(_) | Self::SafetyNet => 21,
            Self::Attestation(_) => 22,
            Self::Untrusted => 24,
            Self::Extensions(_) => 28,
        }
    }
}

impl From<FrameFlaw> for RegistrationError {
    fn from(flaw: FrameFlaw) -> Self {
        match flaw {
            FrameFlaw::CrossOrigin => Self::CrossOrigin,
            FrameFlaw::Unnamed => Self::UnnamedFrame,
            FrameFlaw::StrayTopOrigin => Self::StrayTopOrigin,
            FrameFlaw::TopOrigin => Self::TopOrigin,
        }
    }
}
