//! The two ceremonies.

use aws_lc_rs::digest::{SHA256, digest};
use serde::Deserialize;
use serde_json::Value;

use super::attestation::{Attestation, attestation_object};
use super::encode::base64url;
use super::entropy::Entropy;
use super::key::{Algorithm, Key};
use super::options::{CeremonyError, CreationOptions, Descriptor, RequestOptions};
use super::response::{
    Asserted, AssertionResponse, Attested, CredProps, ExtensionResults, RegistrationResponse,
};
use super::sabotage::Sabotage;
use super::statement::Ceremony;

/// Whether credentials can leave the authenticator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backup {
    /// BE=0, BS=0: never.
    DeviceBound,
    /// BE=1, BS=0: they can.
    Eligible,
    /// BE=1, BS=1: they have.
    BackedUp,
    /// BE=0, BS=1: forbidden.
    Impossible,
}

/// A browser with an authenticator that holds discoverable credentials.
#[derive(Debug)]
pub struct SoftAuthenticator {
    /// The algorithms it offers, best first.
    pub algorithms: Vec<Algorithm>,
    /// Its model.
    pub aaguid: [u8; 16],
    /// UP: whether somebody is there.
    pub user_present: bool,
    /// UV: whether they are verified.
    pub user_verified: bool,
    /// BE and BS.
    pub backup: Backup,
    /// What it proves when the options ask for attestation.
    pub attestation: Attestation,
    /// Whether it counts signatures; otherwise the counter stays zero.
    pub counts: bool,
    /// A lie for the next ceremony.
    pub sabotage: Option<Sabotage>,
    credentials: Vec<Credential>,
    counter: u32,
    entropy: Entropy,
}

#[derive(Debug)]
struct Credential {
    /// Both as base64url text, which is how the ceremonies compare and send them.
    id: String,
    user_handle: String,
    rp_id: String,
    key: Key,
}

impl SoftAuthenticator {
    /// A security key with a PIN: ES256, device-bound, counting, no attestation.
    pub fn new(seed: u64) -> Self {
        Self {
            algorithms: vec![Algorithm::Es256],
            aaguid: [0; 16],
            user_present: true,
            user_verified: true,
            backup: Backup::DeviceBound,
            attestation: Attestation::None,
            counts: true,
            sabotage: None,
            credentials: Vec::new(),
            counter: 0,
            entropy: Entropy::new(seed),
        }
    }

    /// A passkey provider: backed up, not counting.
    pub fn synced(seed: u64) -> Self {
        Self { backup: Backup::BackedUp, counts: false, ..Self::new(seed) }
    }

    /// Offers this algorithm only.
    #[must_use]
    pub fn with_algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithms = vec![algorithm];
        self
    }

    /// Proves this, being of this model.
    #[must_use]
    pub fn with_attestation(mut self, aaguid: [u8; 16], attestation: Attestation) -> Self {
        self.aaguid = aaguid;
        self.attestation = attestation;
        self
    }

    /// `navigator.credentials.create()` on JSON.
    pub fn create(&mut self, options: &Value, origin: &str) -> Result<Value, CeremonyError> {
        let options = CreationOptions::deserialize(options).map_err(options_error)?;
        let response = self.create_typed(&options, origin)?;
        Ok(serde_json::to_value(response).expect("strings and numbers serialise"))
    }

    /// `navigator.credentials.get()` on JSON.
    pub fn get(&mut self, options: &Value, origin: &str) -> Result<Value, CeremonyError> {
        let options = RequestOptions::deserialize(options).map_err(options_error)?;
        let response = self.get_typed(&options, origin)?;
        Ok(serde_json::to_value(response).expect("strings and numbers serialise"))
    }

    /// [`Self::create`] for those who count allocations.
    pub fn create_typed(
        &mut self,
        options: &CreationOptions<'_>,
        origin: &str,
    ) -> Result<RegistrationResponse, CeremonyError> {
        let sabotage = self.sabotage.take();
        let rp_id = rp_id(options.rp.id, origin, sabotage.as_ref())?;
        if options.exclude_credentials.iter().any(|excluded| self.holds(rp_id, excluded)) {
            return Err(CeremonyError::InvalidState);
        }
        let mut wanted = options.pub_key_cred_params.iter();
        let algorithm = wanted
            .find_map(|params| self.algorithms.iter().find(|a| a.cose_id() == params.alg))
            .ok_or(CeremonyError::NotSupported)?;

        let key = Key::generate(*algorithm, &mut self.entropy);
        let id = self.entropy.block();
        let client_data =
            client_data("webauthn.create", options.challenge, origin, sabotage.as_ref());
        let mut auth_data = self.authenticator_data(rp_id, 0x40, 160 + id.len());
        auth_data.extend(self.aaguid);
        auth_data.extend([0, 32]);
        auth_data.extend(id);
        let mut public_key = key.cose();
        if let Some(Sabotage::PublicKey(edit)) = &sabotage {
            edit(&mut public_key);
        }
        auth_data.extend(public_key);
        if let Some(Sabotage::AuthenticatorData(edit)) = &sabotage {
            edit(&mut auth_data);
        }

        let attestation = self.attestation.for_conveyance(options.attestation);
        let hash = digest(&SHA256, &client_data);
        let object = attestation_object(
            attestation,
            &Ceremony {
                key: &key,
                credential_id: &id,
                auth_data: &auth_data,
                client_data_hash: hash.as_ref(),
                sabotage: sabotage.as_ref(),
            },
        );

        let id = base64url(&id);
        let algorithm = algorithm.cose_id();
        self.credentials.retain(|old| old.rp_id != rp_id || old.user_handle != options.user.id);
        self.credentials.push(Credential {
            id: id.clone(),
            user_handle: options.user.id.to_owned(),
            rp_id: rp_id.to_owned(),
            key,
        });
        Ok(RegistrationResponse {
            raw_id: id.clone(),
            id,
            response: Attested {
                client_data_json: base64url(&client_data),
                attestation_object: base64url(&object),
                authenticator_data: base64url(&auth_data),
                transports: &["usb"],
                public_key_algorithm: algorithm,
            },
            authenticator_attachment: "cross-platform",
            client_extension_results: ExtensionResults { cred_props: Some(CredProps { rk: true }) },
            kind: "public-key",
        })
    }

    /// [`Self::get`] for those who count allocations.
    pub fn get_typed(
        &mut self,
        options: &RequestOptions<'_>,
        origin: &str,
    ) -> Result<AssertionResponse, CeremonyError> {
        let sabotage = self.sabotage.take();
        let rp_id = rp_id(options.rp_id, origin, sabotage.as_ref())?;
        if self.counts {
            self.counter += 1;
        }
        let allowed = &options.allow_credentials;
        let credential = self
            .credentials
            .iter()
            // What was made last is at hand first. A lying client does not mind the RP ID.
            .rfind(|held| {
                (held.rp_id == rp_id || held.rp_id == options.rp_id)
                    && (allowed.is_empty() || allowed.iter().any(|entry| entry.id == held.id))
            })
            .ok_or(CeremonyError::NotAllowed)?;

        let client_data = client_data("webauthn.get", options.challenge, origin, sabotage.as_ref());
        let mut auth_data = self.authenticator_data(rp_id, 0, 0);
        if let Some(Sabotage::AuthenticatorData(edit)) = &sabotage {
            edit(&mut auth_data);
        }
        let hash = digest(&SHA256, &client_data);
        let mut signature = credential.key.sign(&auth_data, hash.as_ref());
        match &sabotage {
            Some(Sabotage::Signature) => flip(&mut signature),
            Some(Sabotage::Truncated) => drop(auth_data.pop()),
            _ => {}
        }
        Ok(AssertionResponse {
            id: credential.id.clone(),
            raw_id: credential.id.clone(),
            response: Asserted {
                client_data_json: base64url(&client_data),
                authenticator_data: base64url(&auth_data),
                signature: base64url(&signature),
                user_handle: credential.user_handle.clone(),
            },
            authenticator_attachment: "cross-platform",
            client_extension_results: ExtensionResults::default(),
            kind: "public-key",
        })
    }

    fn holds(&self, rp_id: &str, excluded: &Descriptor<'_>) -> bool {
        self.credentials.iter().any(|held| held.rp_id == rp_id && held.id == excluded.id)
    }

    /// The fixed part, with room for `more` bytes.
    fn authenticator_data(&self, rp_id: &str, flags: u8, more: usize) -> Vec<u8> {
        let backup = match self.backup {
            Backup::DeviceBound => 0,
            Backup::Eligible => 0x08,
            Backup::BackedUp => 0x18,
            Backup::Impossible => 0x10,
        };
        let up = u8::from(self.user_present);
        let uv = u8::from(self.user_verified) << 2;
        let mut data = Vec::with_capacity(37 + more);
        data.extend(digest(&SHA256, rp_id.as_bytes()).as_ref());
        data.push(flags | backup | up | uv);
        data.extend(self.counter.to_be_bytes());
        data
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
fn options_error(error: serde_json::Error) -> CeremonyError {
    CeremonyError::Options(error.to_string())
}

/// The RP ID for the authenticator. An honest client has checked it against the origin.
fn rp_id<'a>(
    asked: &'a str,
    origin: &str,
    sabotage: Option<&'a Sabotage>,
) -> Result<&'a str, CeremonyError> {
    if let Some(Sabotage::RpId(other)) = sabotage {
        return Ok(other);
    }
    let host = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let fits = host.strip_suffix(asked).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    if fits { Ok(asked) } else { Err(CeremonyError::Security) }
}

/// <https://www.w3.org/TR/webauthn-3/#clientdatajson-serialization>
fn client_data(kind: &str, challenge: &str, origin: &str, sabotage: Option<&Sabotage>) -> Vec<u8> {
    let (mut kind, mut challenge, mut origin) = (kind, challenge, origin);
    match sabotage {
        Some(Sabotage::Type(other)) => kind = other,
        Some(Sabotage::Challenge(other)) => challenge = other,
        Some(Sabotage::Origin(other)) => origin = other,
        _ => {}
    }
    let mut json = format!(
        r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#
    )
    .into_bytes();
    if let Some(Sabotage::ClientData(edit)) = sabotage {
        edit(&mut json);
    }
    json
}

/// Spoils a signature.
pub(super) fn flip(signature: &mut [u8]) {
    if let Some(last) = signature.last_mut() {
        *last ^= 1;
    }
}
