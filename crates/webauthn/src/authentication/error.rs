//! One variant for each way an assertion can fail, named after the step that refuses it.

use thiserror::Error;

use crate::authenticator_data::AuthenticatorDataError;
use crate::client_data::FrameFlaw;

/// Why an assertion is refused. Steps are those of
/// <https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AssertionError {
    /// Step 3: the response is not one: `id` and `rawId` differ
    /// (<https://www.w3.org/TR/webauthn-3/#dom-publickeycredential-rawid>).
    #[error("step 3: the response is inconsistent")]
    Response,
    /// Step 5: the credential is not among those allowed
    /// (<https://www.w3.org/TR/webauthn-3/#dom-publickeycredentialrequestoptions-allowcredentials>).
    #[error("step 5: the credential is not among those allowed")]
    NotAllowed,
    /// Step 6: the credential is not the stored one
    /// (<https://www.w3.org/TR/webauthn-3/#credential-id>).
    #[error("step 6: the credential is not the account's")]
    CredentialId,
    /// Step 6: the user handle is another account's
    /// (<https://www.w3.org/TR/webauthn-3/#user-handle>).
    #[error("step 6: the user handle is another account's")]
    UserHandle,
    /// Step 6: the user handle is missing, and nothing else says who the user is
    /// (<https://www.w3.org/TR/webauthn-3/#dom-authenticatorassertionresponse-userhandle>).
    #[error("step 6: the user handle is missing")]
    UserHandleMissing,
    /// Step 9: the client data is not JSON of the expected shape, or has more than 8192 bytes
    /// (<https://www.w3.org/TR/webauthn-3/#dictionary-client-data>).
    #[error("step 9: client data is malformed")]
    ClientData,
    /// Step 10: the client data's type is not `webauthn.get`
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-type>).
    #[error("step 10: client data is not of type webauthn.get")]
    Type,
    /// Step 11: the challenge is another one
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-challenge>).
    #[error("step 11: the challenge is not the one issued")]
    Challenge,
    /// Step 12: the origin is not accepted
    /// (<https://www.w3.org/TR/webauthn-3/#rp-op-verifying-assertion-step-origin>).
    #[error("step 12: origin is not accepted")]
    Origin,
    /// Step 13: the ceremony ran inside another site's frame
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-crossorigin>).
    #[error("step 13: ceremonies inside frames of other origins are not accepted")]
    CrossOrigin,
    /// Step 13: the ceremony ran inside another site's frame, and the client does not say whose
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-crossorigin>).
    #[error("step 13: the page around the frame is not named")]
    UnnamedFrame,
    /// Step 14: the page around the frame is named although there is said to be no other site's
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-toporigin>).
    #[error("step 14: a top origin without a frame of another origin")]
    StrayTopOrigin,
    /// Step 14: the page around the frame is not accepted
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-toporigin>).
    #[error("step 14: top origin is not accepted")]
    TopOrigin,
    /// Step 15: the authenticator data is malformed
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data>).
    #[error("step 15: {0}")]
    AuthenticatorData(#[source] AuthenticatorDataError),
    /// Step 15: the authenticator was told another RP ID
    /// (<https://www.w3.org/TR/webauthn-3/#rp-op-verifying-assertion-step-rpid-hash>).
    #[error("step 15: the RP ID hash is another relying party's")]
    RpIdHash,
    /// Step 16: nobody was present (<https://www.w3.org/TR/webauthn-3/#authdata-flags-up>).
    #[error("step 16: the user was not present")]
    UserPresence,
    /// Step 17: the user was not verified, and had to be
    /// (<https://www.w3.org/TR/webauthn-3/#authdata-flags-uv>).
    #[error("step 17: the user was not verified")]
    UserVerification,
    /// Step 18: backed up but not eligible for backup
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-credential-backup>).
    #[error("step 18: backed up without being eligible for it")]
    BackupState,
    /// Step 19: the credential's backup eligibility has changed, which it cannot
    /// (<https://www.w3.org/TR/webauthn-3/#backup-eligibility>).
    #[error("step 19: backup eligibility differs from registration")]
    BackupEligibility,
    /// Step 21: the signature is not this key's over this data
    /// (<https://www.w3.org/TR/webauthn-3/#assertion-signature>).
    #[error("step 21: the signature does not verify")]
    Signature,
}

impl AssertionError {
    /// The step of the specification that refused, for logs and metrics.
    pub fn step(self) -> u8 {
        match self {
            Self::Response => 3,
            Self::NotAllowed => 5,
            Self::CredentialId | Self::UserHandle | Self::UserHandleMissing => 6,
            Self::ClientData => 9,
            Self::Type => 10,
            Self::Challenge => 11,
            Self::Origin => 12,
            Self::CrossOrigin | Self::UnnamedFrame => 13,
            Self::StrayTopOrigin | Self::TopOrigin => 14,
            Self::AuthenticatorData(_) | Self::RpIdHash => 15,
            Self::UserPresence => 16,
            Self::UserVerification => 17,
            Self::BackupState => 18,
            Self::BackupEligibility => 19,
            Self::Signature => 21,
        }
    }
}

impl From<FrameFlaw> for AssertionError {
    fn from(flaw: FrameFlaw) -> Self {
        match flaw {
            FrameFlaw::CrossOrigin => Self::CrossOrigin,
            FrameFlaw::Unnamed => Self::UnnamedFrame,
            FrameFlaw::StrayTopOrigin => Self::StrayTopOrigin,
            FrameFlaw::TopOrigin => Self::TopOrigin,
        }
    }
}
