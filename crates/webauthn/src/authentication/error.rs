//! One variant for each way an assertion can fail, named after the step that refuses it.

use thiserror::Error;

use crate::authenticator_data::AuthenticatorDataError;

/// Why an assertion is refused. Steps are those of
/// <https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AssertionError {
    /// Step 3: the response is not one: `id` and `rawId` differ.
    #[error("step 3: the response is inconsistent")]
    Response,
    /// Step 5: the credential is not among those allowed.
    #[error("step 5: the credential is not among those allowed")]
    NotAllowed,
    /// Step 6: the credential is not the stored one.
    #[error("step 6: the credential is not the account's")]
    CredentialId,
    /// Step 6: the user handle is another account's.
    #[error("step 6: the user handle is another account's")]
    UserHandle,
    /// Step 6: the user handle is missing, and nothing else says who the user is.
    #[error("step 6: the user handle is missing")]
    UserHandleMissing,
    /// Step 9: the client data is not JSON of the expected shape, or has more than 8192 bytes.
    #[error("step 9: client data is malformed")]
    ClientData,
    /// Step 10: the client data's type is not `webauthn.get`.
    #[error("step 10: client data is not of type webauthn.get")]
    Type,
    /// Step 11: the challenge is another one.
    #[error("step 11: the challenge is not the one issued")]
    Challenge,
    /// Step 12: the origin is not accepted.
    #[error("step 12: origin is not accepted")]
    Origin,
    /// Step 13: the ceremony ran inside another site's frame.
    #[error("step 13: ceremonies inside frames of other origins are not accepted")]
    CrossOrigin,
    /// Step 14: the page around the frame is not accepted.
    #[error("step 14: top origin is not accepted")]
    TopOrigin,
    /// Step 15: the authenticator data is malformed.
    #[error("step 15: {0}")]
    AuthenticatorData(#[source] AuthenticatorDataError),
    /// Step 15: the authenticator was told another RP ID.
    #[error("step 15: the RP ID hash is another relying party's")]
    RpIdHash,
    /// Step 16: nobody was present.
    #[error("step 16: the user was not present")]
    UserPresence,
    /// Step 17: the user was not verified, and had to be.
    #[error("step 17: the user was not verified")]
    UserVerification,
    /// Step 18: backed up but not eligible for backup.
    #[error("step 18: backed up without being eligible for it")]
    BackupState,
    /// Step 19: the credential's backup eligibility has changed, which it cannot.
    #[error("step 19: backup eligibility differs from registration")]
    BackupEligibility,
    /// Step 21: the signature is not this key's over this data.
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
            Self::CrossOrigin => 13,
            Self::TopOrigin => 14,
            Self::AuthenticatorData(_) | Self::RpIdHash => 15,
            Self::UserPresence => 16,
            Self::UserVerification => 17,
            Self::BackupState => 18,
            Self::BackupEligibility => 19,
            Self::Signature => 21,
        }
    }
}
