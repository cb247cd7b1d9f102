//! The verification steps that need the account and its record; those that need only what was
//! signed are in [`super::evidence`].

use super::evidence::{AssertionEvidence, EvidenceExpected};
use super::{AssertionError as Refused, UnverifiedAssertion};
use crate::cose::CosePublicKey;
use crate::ensure;
use crate::extensions::PrfOutputs;
use crate::ids::{Challenge, CredentialId, UserHandle};
use crate::relying_party::RelyingParty;
use crate::vocabulary::UserVerification;

/// The record of the credential that the response claims, found by
/// [`UnverifiedAssertion::credential_id`].
#[derive(Debug, Clone, Copy)]
pub struct StoredCredential<'a> {
    /// Its id.
    pub id: &'a CredentialId,
    /// Its public key.
    pub public_key: &'a CosePublicKey,
    /// The handle of the account to which it belongs.
    pub user_handle: &'a UserHandle,
    /// BE at registration.
    pub backup_eligible: bool,
    /// The counter of the last accepted assertion, or of the registration.
    pub sign_count: u32,
}

/// How the account was identified.
#[derive(Debug, Clone, Copy)]
pub enum Account<'a> {
    /// Before the ceremony, for instance by a session. `allowed` is what the options listed;
    /// empty when they listed nothing.
    Known {
        /// The credentials in the options.
        allowed: &'a [CredentialId],
    },
    /// By the response itself, which must then carry the user handle.
    Discovered,
}

/// What the ceremony was begun with, and what the account's record says.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The challenge in the options. Single use is the caller's to enforce.
    pub challenge: &'a Challenge,
    /// What the options said about user verification.
    pub user_verification: UserVerification,
    /// How the account was identified.
    pub account: Account<'a>,
    /// The credential's record.
    pub stored: StoredCredential<'a>,
}

/// An assertion that passed every check.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedAssertion {
    /// Whether the user was verified.
    pub user_verified: bool,
    /// BS now; to be stored. (BE is as stored, or the assertion would have been refused.)
    pub backed_up: bool,
    /// The signature counter now; to be stored.
    pub sign_count: u32,
    /// Step 22: the counter did not grow although it or the stored one is not zero. A signal
    /// that the key may have been copied, not proof; what follows is the caller's policy.
    pub counter_regressed: bool,
    /// Outputs of the credential's pseudo-random function, when options asked. The client says
    /// them; nobody signed them.
    pub prf: Option<PrfOutputs>,
    /// What anyone needs to verify the signature again.
    pub evidence: AssertionEvidence,
}

impl UnverifiedAssertion {
    /// Runs the steps of <https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion> on this
    /// response.
    pub fn verify(
        self,
        relying_party: &RelyingParty,
        expected: &Expected<'_>,
    ) -> Result<VerifiedAssertion, Refused> {
        let stored = &expected.stored;
        // Step 3: the response. (Its type was checked when it was read.)
        ensure(self.id == self.raw_id, Refused::Response)?;

        // Step 5: the credential is one of those asked for.
        if let Account::Known { allowed } = expected.account {
            ensure(allowed.is_empty() || allowed.contains(&self.raw_id), Refused::NotAllowed)?;
        }
        // Step 6: it belongs to the account, and so does the user handle.
        ensure(self.raw_id == *stored.id, Refused::CredentialId)?;
        match (&self.response.user_handle, expected.account) {
            (Some(handle), _) => ensure(handle == stored.user_handle, Refused::UserHandle)?,
            (None, Account::Known { .. }) => {}
            (None, Account::Discovered) => return Err(Refused::UserHandleMissing),
        }

        // Steps 7 to 21, but for 19.
        let evidence = AssertionEvidence::new(
            self.raw_id,
            self.response.authenticator_data,
            self.response.client_data_json,
            self.response.signature,
        );
        let facts = evidence.verify(
            relying_party,
            &EvidenceExpected {
                challenge: expected.challenge,
                user_verification: expected.user_verification,
                public_key: stored.public_key,
                backup_eligible: Some(stored.backup_eligible),
            },
        )?;

        // Step 22: the counter.
        let counts = facts.sign_count != 0 || stored.sign_count != 0;
        // Step 23: extensions. Step 24, the record's update, is the caller's.
        Ok(VerifiedAssertion {
            user_verified: facts.user_verified,
            backed_up: facts.backed_up,
            sign_count: facts.sign_count,
            counter_regressed: counts && facts.sign_count <= stored.sign_count,
            prf: self.client_extension_results.prf.and_then(|prf| prf.results),
            evidence,
        })
    }
}
