//! The verification steps, in the specification's order.

use std::time::SystemTime;

use super::{RegistrationError as Refused, UnverifiedRegistration};
use crate::attestation::{self, Attestation, AttestationObject, SAFETY_NET, TrustPolicy};
use crate::authenticator_data::{AuthenticatorData, AuthenticatorDataError};
use crate::client_data::{self, ClientData};
use crate::cose::{Algorithm, CosePublicKey};
use crate::ensure;
use crate::extensions::{AuthenticatorExtensions, PrfAtRegistration};
use crate::ids::{Aaguid, Challenge, CredentialId};
use crate::relying_party::RelyingParty;
use crate::vocabulary::{Mediation, Transport, UserVerification};

/// What the ceremony was begun with, and what its result must be.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The challenge in the options. Single use is the caller's to enforce.
    pub challenge: &'a Challenge,
    /// What the options said about user verification.
    pub user_verification: UserVerification,
    /// The algorithms in the options, [`Algorithm::OFFERED`] unless they were told otherwise.
    pub algorithms: &'a [Algorithm],
    /// How `create()` was called.
    pub mediation: Mediation,
    /// Which attestations are believed, and whether one is needed.
    pub trust: TrustPolicy<'a>,
    /// The time at which certificates must be valid.
    pub now: SystemTime,
}

/// A new credential that passed every check. To be stored is what
/// <https://www.w3.org/TR/webauthn-3/#credential-record> lists.
///
/// Left to the caller, who has the records: that no account has this credential id (step 26).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedRegistration {
    /// The credential's id.
    pub credential_id: CredentialId,
    /// Its public key.
    pub public_key: CosePublicKey,
    /// The authenticator's model as claimed; proven as far as [`Attestation::is_trusted`] says.
    pub aaguid: Aaguid,
    /// The signature counter, zero where there is none.
    pub sign_count: u32,
    /// Whether the user was verified.
    pub user_verified: bool,
    /// BE: can be copied to other devices. Never changes.
    pub backup_eligible: bool,
    /// BS: has been.
    pub backed_up: bool,
    /// How the authenticator can be reached, for later options.
    pub transports: Vec<Transport>,
    /// What is known of where the credential lives.
    pub attestation: Attestation,
    /// Whether the client says that the credential is discoverable (`credProps`).
    pub discoverable: Option<bool>,
    /// What the client says about the pseudo-random function, when options asked.
    pub prf: Option<PrfAtRegistration>,
    /// What the authenticator says about extensions, signed like everything in authenticator data.
    pub extensions: AuthenticatorExtensions,
    /// The attestation object as received, for those who must assess it again later.
    pub attestation_object: Vec<u8>,
    /// The client data as received, without which it cannot be.
    pub client_data_json: Vec<u8>,
}

impl UnverifiedRegistration {
    /// The id that the response claims, for finding its ceremony. Not verified.
    pub fn credential_id(&self) -> &CredentialId {
        &self.raw_id
    }

    /// Runs the steps of
    /// <https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential> on this response.
    pub fn verify(
        self,
        relying_party: &RelyingParty,
        expected: &Expected<'_>,
    ) -> Result<VerifiedRegistration, Refused> {
        // Step 3: the response. (Its type was checked when it was read.)
        let transports = &self.response.transports;
        let plain =
            transports.len() <= Transport::MAX_COUNT && transports.iter().all(Transport::is_plain);
        ensure(self.id == self.raw_id && plain, Refused::Response)?;

        // Steps 5 to 12.
        let client_data_json = self.response.client_data_json.as_slice();
        check_client_data(client_data_json, relying_party, expected)?;
        let client_data_hash = client_data::hash(client_data_json);

        // Step 13: decode the attestation object.
        let object = AttestationObject::parse(self.response.attestation_object.as_slice())
            .map_err(Refused::AttestationObject)?;
        let data =
            AuthenticatorData::parse(object.auth_data).map_err(Refused::AuthenticatorData)?;
        let credential = data
            .attested
            .as_ref()
            .ok_or(Refused::AuthenticatorData(AuthenticatorDataError::AttestedCredential))?;
        ensure(credential.credential_id == self.raw_id.as_bytes(), Refused::CredentialId)?;

        // Step 14: RP ID.
        ensure(data.rp_id_hash == relying_party.id_hash(), Refused::RpIdHash)?;
        // Step 15: UP, unless mediation is conditional.
        let present = data.flags.user_present() || expected.mediation == Mediation::Conditional;
        ensure(present, Refused::UserPresence)?;
        // Step 16: UV, when required.
        let verified = data.flags.user_verified();
        ensure(
            verified || expected.user_verification != UserVerification::Required,
            Refused::UserVerification,
        )?;
        // Step 17: BS implies BE. Steps 18 and 19, what they mean, are the caller's.
        ensure(data.flags.backup_eligible() || !data.flags.backed_up(), Refused::BackupState)?;

        // Step 20: the algorithm is one that was requested.
        let public_key =
            CosePublicKey::from_bytes(credential.public_key).map_err(Refused::PublicKey)?;
        ensure(expected.algorithms.contains(&public_key.algorithm()), Refused::Algorithm)?;
        public_key.check_group().map_err(Refused::PublicKey)?;

        // Step 21: the format.
        ensure(object.format_name != SAFETY_NET, Refused::SafetyNet)?;
        let format = object
            .format()
            .ok_or_else(|| Refused::UnsupportedFormat(object.format_name.to_owned()))?;
        // Steps 22 and 23: the statement, and whom it can be traced to.
        let attestation = attestation::verify(
            format,
            &attestation::Input {
                statement: object.statement,
                auth_data: object.auth_data,
                client_data_hash: client_data_hash.as_ref(),
                rp_id_hash: data.rp_id_hash,
                credential_id: credential.credential_id,
                aaguid: credential.aaguid,
                public_key: &public_key,
            },
            &expected.trust,
            expected.now,
        )
        .map_err(Refused::Attestation)?;
        // Step 24: whether that is enough.
        ensure(expected.trust.accepts(&attestation), Refused::Untrusted)?;
        // Step 25, at most 1023 bytes, was checked when the id was read. Step 26 is the caller's.

        // Step 28: the extensions' outputs.
        let extensions = data.extensions.map(AuthenticatorExtensions::read).transpose();
        let extensions = extensions.map_err(Refused::Extensions)?.unwrap_or_default();

        // Step 27: the credential record.
        Ok(VerifiedRegistration {
            public_key,
            aaguid: credential.aaguid,
            sign_count: data.sign_count,
            user_verified: verified,
            backup_eligible: data.flags.backup_eligible(),
            backed_up: data.flags.backed_up(),
            attestation,
            discoverable: self.client_extension_results.cred_props.and_then(|props| props.rk),
            prf: self.client_extension_results.prf,
            extensions,
            credential_id: self.raw_id,
            transports: self.response.transports,
            attestation_object: self.response.attestation_object.into_vec(),
            client_data_json: self.response.client_data_json.into_vec(),
        })
    }
}

fn check_client_data(
    json: &[u8],
    relying_party: &RelyingParty,
    expected: &Expected<'_>,
) -> Result<(), Refused> {
    // Steps 5 and 6: decode and parse.
    let client_data = ClientData::parse(json).ok_or(Refused::ClientData)?;
    // Step 7: type.
    ensure(client_data.kind == "webauthn.create", Refused::Type)?;
    // Step 8: challenge.
    ensure(expected.challenge.matches(&client_data.challenge), Refused::Challenge)?;
    // Step 9: origin.
    ensure(relying_party.accepts_origin(&client_data.origin), Refused::Origin)?;
    // Step 10: a client makes no credential conditionally inside another site's frame
    // (<https://www.w3.org/TR/webauthn-3/#sctn-createCredential>).
    let framed = client_data.cross_origin == Some(true);
    ensure(!framed || expected.mediation == Mediation::Modal, Refused::CrossOrigin)?;
    // Steps 10 and 11: frames, and the page around them.
    Ok(client_data.check_frame(relying_party)?)
}
