//! An assertion's raw parts, and the steps that need nothing else: what a receipt carries, and
//! what anyone can verify later without us.

use serde::{Deserialize, Serialize};

use super::AssertionError as Refused;
use crate::authenticator_data::{AuthenticatorData, AuthenticatorDataError};
use crate::base64url::Base64Url;
use crate::client_data::{self, ClientData};
use crate::cose::CosePublicKey;
use crate::ensure;
use crate::ids::{Challenge, CredentialId, LengthError};
use crate::relying_party::RelyingParty;
use crate::vocabulary::UserVerification;

/// An assertion's authenticator data has 37 bytes and perhaps extension outputs.
pub(super) const MAX_AUTHENTICATOR_DATA: usize = 1024;
/// An RSA signature of 4096 bits has 512 bytes; others are shorter.
pub(super) const MAX_SIGNATURE: usize = 512;

/// What was signed and the signature: enough, with the public key, to verify an assertion again.
///
/// In JSON its members are base64url. Reading one back trusts nothing:
/// [`AssertionEvidence::verify`] does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssertionEvidence {
    credential_id: CredentialId,
    authenticator_data: Base64Url<MAX_AUTHENTICATOR_DATA>,
    client_data_json: Base64Url<{ client_data::MAX_LEN }>,
    signature: Base64Url<MAX_SIGNATURE>,
}

/// What an assertion must have been made for.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceExpected<'a> {
    /// The challenge, computed again from what was to be signed.
    pub challenge: &'a Challenge,
    /// Whether the user had to be verified.
    pub user_verification: UserVerification,
    /// The key, learnt elsewhere: never from whoever presents the evidence.
    pub public_key: &'a CosePublicKey,
    /// BE at registration, when it is known.
    pub backup_eligible: Option<bool>,
}

/// What verified evidence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EvidenceFacts {
    /// Whether the user was verified.
    pub user_verified: bool,
    /// BE.
    pub backup_eligible: bool,
    /// BS at the time.
    pub backed_up: bool,
    /// The signature counter at the time.
    pub sign_count: u32,
}

impl AssertionEvidence {
    pub(super) fn new(
        credential_id: CredentialId,
        authenticator_data: Base64Url<MAX_AUTHENTICATOR_DATA>,
        client_data_json: Base64Url<{ client_data::MAX_LEN }>,
        signature: Base64Url<MAX_SIGNATURE>,
    ) -> Self {
        Self { credential_id, authenticator_data, client_data_json, signature }
    }

    /// Puts together parts that were kept in another form; nothing but their sizes is checked.
    pub fn from_parts(
        credential_id: &[u8],
        authenticator_data: Vec<u8>,
        client_data_json: Vec<u8>,
        signature: Vec<u8>,
    ) -> Result<Self, LengthError> {
        Ok(Self {
            credential_id: CredentialId::new(credential_id)?,
            authenticator_data: Base64Url::sized("authenticator data", authenticator_data)?,
            client_data_json: Base64Url::sized("client data", client_data_json)?,
            signature: Base64Url::sized("a signature", signature)?,
        })
    }

    /// The credential said to have signed. Only the key proves it.
    pub fn credential_id(&self) -> &CredentialId {
        &self.credential_id
    }

    /// The authenticator data as signed.
    pub fn authenticator_data(&self) -> &[u8] {
        self.authenticator_data.as_slice()
    }

    /// The client data whose hash was signed.
    pub fn client_data_json(&self) -> &[u8] {
        self.client_data_json.as_slice()
    }

    /// The signature.
    pub fn signature(&self) -> &[u8] {
        self.signature.as_slice()
    }

    /// Runs steps 7 to 21 of <https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>, those
    /// that need no account. `relying_party` says which RP ID and origins are believed; offline,
    /// build one from what was pinned.
    pub fn verify(
        &self,
        relying_party: &RelyingParty,
        expected: &EvidenceExpected<'_>,
    ) -> Result<EvidenceFacts, Refused> {
        // Steps 8 to 14.
        check_client_data(self.client_data_json(), relying_party, expected.challenge)?;

        let data = AuthenticatorData::parse(self.authenticator_data())
            .map_err(Refused::AuthenticatorData)?;
        // §6.1: authenticators do not send attested credential data in assertions.
        let unattested = Refused::AuthenticatorData(AuthenticatorDataError::AttestedCredential);
        ensure(data.attested.is_none(), unattested)?;
        // Step 15: RP ID.
        ensure(data.rp_id_hash == relying_party.id_hash(), Refused::RpIdHash)?;
        // Step 16: UP.
        ensure(data.flags.user_present(), Refused::UserPresence)?;
        // Step 17: UV, when required.
        let verified = data.flags.user_verified();
        ensure(
            verified || expected.user_verification != UserVerification::Required,
            Refused::UserVerification,
        )?;
        // Step 18: BS implies BE.
        let eligible = data.flags.backup_eligible();
        ensure(eligible || !data.flags.backed_up(), Refused::BackupState)?;
        // Step 19: BE never changes.
        ensure(
            expected.backup_eligible.is_none_or(|stored| stored == eligible),
            Refused::BackupEligibility,
        )?;

        // Step 20: hash the client data.
        let hash = client_data::hash(self.client_data_json());
        // Step 21: the signature, over the authenticator data and the hash.
        let mut signed = [0; MAX_AUTHENTICATOR_DATA + 32];
        let signed = join(&mut signed, self.authenticator_data(), hash.as_ref());
        ensure(expected.public_key.verifies(signed, self.signature()), Refused::Signature)?;

        Ok(EvidenceFacts {
            user_verified: verified,
            backup_eligible: eligible,
            backed_up: data.flags.backed_up(),
            sign_count: data.sign_count,
        })
    }
}

/// Lays two slices end to end in a buffer on the stack, whose size their types bound.
fn join<'b>(buffer: &'b mut [u8], first: &[u8], second: &[u8]) -> &'b [u8] {
    let end = first.len() + second.len();
    buffer[..first.len()].copy_from_slice(first);
    buffer[first.len()..end].copy_from_slice(second);
    &buffer[..end]
}

fn check_client_data(
    json: &[u8],
    relying_party: &RelyingParty,
    challenge: &Challenge,
) -> Result<(), Refused> {
    // Steps 8 and 9: decode and parse.
    let client_data = ClientData::parse(json).ok_or(Refused::ClientData)?;
    // Step 10: type.
    ensure(client_data.kind == "webauthn.get", Refused::Type)?;
    // Step 11: challenge.
    ensure(challenge.matches(&client_data.challenge), Refused::Challenge)?;
    // Step 12: origin.
    ensure(relying_party.accepts_origin(&client_data.origin), Refused::Origin)?;
    // Steps 13 and 14: frames, and the page around them.
    Ok(client_data.check_frame(relying_party)?)
}
