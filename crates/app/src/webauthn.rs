//! Between the relying-party library's types and the domain's.

use firstkey_domain::{
    Attestation, Bytes, Credential, CredentialId, Digest, PersonId, RawAssertion, Transport,
    challenge::Challenge, enrollment::Enrollment, person::Person,
};
use firstkey_webauthn::{
    self as relying_party, Challenge as WireChallenge, CosePublicKey, Descriptor, UserHandle,
    UserVerification,
    authentication::{
        Account, AssertionError, Expected, StoredCredential, UnverifiedAssertion, VerifiedAssertion,
    },
    registration::VerifiedRegistration,
};
use jiff::Timestamp;

use crate::Site;

/// Why an assertion did not count.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureRefusal {
    /// The authenticator is not this person's, was removed, or may not be used.
    #[error("this passkey is not one of yours that can be used")]
    UnknownAuthenticator,
    /// Rule 23: policy would not bind it to this person today, so what others rely on is not signed
    /// with it.
    #[error(
        "policy asks for another kind of passkey for this; add a security key or a passkey that \
         stays on its device, and sign with that"
    )]
    Unsuitable,
    /// The relying party refused it.
    #[error(transparent)]
    Refused(#[from] AssertionError),
}

/// The account's WebAuthn handle: 16 random-looking bytes that say nothing about the person.
pub(crate) fn user_handle(person: PersonId) -> UserHandle {
    // 16 bytes are within the 1 to 64 that a handle may have.
    UserHandle::new(person.uuid().as_bytes()).expect("a UUID is a handle")
}

pub(crate) fn wire_challenge(challenge: &Challenge) -> WireChallenge {
    WireChallenge::new(*challenge.digest().as_bytes())
}

pub(crate) fn wire_id(id: &CredentialId) -> Option<relying_party::CredentialId> {
    relying_party::CredentialId::new(id.as_bytes()).ok()
}

/// Every credential that is somebody's: those they hold, suspended or not, and those that their newest
/// enrollment has verified and may yet bind.
pub(crate) fn credentials_of<'a>(
    person: &'a Person,
    newest: Option<&'a Enrollment>,
    now: Timestamp,
) -> impl Iterator<Item = &'a Credential> {
    let bound = person.authenticators.iter().map(|each| &each.credential);
    let unbound = newest
        .and_then(|newest| newest.running(now).ok())
        .into_iter()
        .flat_map(move |running| running.open(now))
        .filter_map(|attempt| attempt.verified.as_ref());
    bound.chain(unbound)
}

/// What devices call an account: its user name, and its owner's full name.
pub(crate) fn names_of(person: &Person) -> (&str, String) {
    person.record.expose().map_or_else(Default::default, |record| {
        (record.user_name.as_str(), format!("{} {}", record.given_name, record.family_name))
    })
}

/// Descriptors of a person's authenticators, for `allowCredentials` and `excludeCredentials`.
pub(crate) fn descriptors<'a>(
    credentials: impl Iterator<Item = &'a Credential>,
) -> Vec<Descriptor> {
    credentials
        .filter_map(|credential| {
            let transports = credential
                .transports
                .iter()
                .filter_map(|each| serde_json::from_value(each.0.clone().into()).ok())
                .collect();
            Some(Descriptor::new(wire_id(&credential.id)?, transports))
        })
        .collect()
}

/// Verifies an assertion by this credential, whether it is bound already or not.
pub(crate) fn verify_with(
    site: &Site,
    person: PersonId,
    credential: &Credential,
    challenge: &Challenge,
    assertion: UnverifiedAssertion,
) -> Result<VerifiedAssertion, SignatureRefusal> {
    let id = wire_id(&credential.id).ok_or(SignatureRefusal::UnknownAuthenticator)?;
    let public_key = CosePublicKey::from_bytes(credential.public_key.as_bytes())
        .map_err(|_| SignatureRefusal::UnknownAuthenticator)?;
    let verified = assertion.verify(
        site.relying_party_for(challenge.purpose),
        &Expected {
            challenge: &wire_challenge(challenge),
            user_verification: UserVerification::Required,
            account: Account::Known { allowed: std::slice::from_ref(&id) },
            stored: StoredCredential {
                id: &id,
                public_key: &public_key,
                user_handle: &user_handle(person),
                backup_eligible: credential.backup_eligible,
                sign_count: credential.sign_count,
            },
        },
    )?;
    Ok(verified)
}

pub(crate) fn raw(verified: &VerifiedAssertion) -> RawAssertion {
    let evidence = &verified.evidence;
    RawAssertion {
        credential_id: CredentialId::new(evidence.credential_id().as_bytes().to_vec()),
        authenticator_data: Bytes::new(evidence.authenticator_data().to_vec()),
        client_data_json: Bytes::new(evidence.client_data_json().to_vec()),
        signature: Bytes::new(evidence.signature().to_vec()),
    }
}

/// Whether an accepted root vouches for the authenticator and for what it says of itself.
///
/// `fido-u2f` does not count: nobody signs the flags there, and its keys name no model by which
/// metadata could tell that they leaked. A key of that kind cannot verify its user either.
fn is_vouched_for(attestation: &relying_party::Attestation) -> bool {
    use relying_party::{AttestationKind, Format};
    match &attestation.kind {
        AttestationKind::Compound(statements) => statements.iter().any(is_vouched_for),
        AttestationKind::Certified(_) => {
            attestation.format != Format::FidoU2f && attestation.is_trusted()
        }
        AttestationKind::None | AttestationKind::SelfSigned => false,
    }
}

/// What deciders know of a verified registration.
pub(crate) fn credential(registration: &VerifiedRegistration) -> Credential {
    use relying_party::AttestationKind;
    let attestation = match &registration.attestation.kind {
        AttestationKind::None => Attestation::None,
        AttestationKind::SelfSigned => Attestation::SelfSigned,
        _ if is_vouched_for(&registration.attestation) => Attestation::Trusted,
        AttestationKind::Certified(_) | AttestationKind::Compound(_) => Attestation::Untrusted,
    };
    Credential {
        id: CredentialId::new(registration.credential_id.as_bytes().to_vec()),
        public_key: Bytes::new(registration.public_key.to_bytes()),
        aaguid: uuid::Uuid::from_bytes(*registration.aaguid.as_bytes()),
        backup_eligible: registration.backup_eligible,
        backed_up: registration.backed_up,
        sign_count: registration.sign_count,
        transports: registration
            .transports
            .iter()
            .filter_map(|each| serde_json::to_value(each).ok()?.as_str().map(str::to_owned))
            .map(Transport)
            .collect(),
        attestation,
    }
}

/// The digest under which an act without a statement of its own is signed: signing in.
pub(crate) fn no_context() -> Digest {
    Digest::of_parts("firstkey nothing", &[])
}
