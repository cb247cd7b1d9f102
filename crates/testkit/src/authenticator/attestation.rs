//! What the authenticator proves about itself, and the object that carries it.

use super::authority::AttestationKey;
use super::encode;
use super::key_description::KeyDescription;
use super::key_store::KeyStore;
use super::sabotage::Sabotage;
use super::statement::Ceremony;
use super::tpm::AikHash;

/// What the authenticator proves about itself when asked to.
#[derive(Debug)]
pub enum Attestation {
    /// Nothing.
    None,
    /// That it holds the credential's key.
    PackedSelf,
    /// Its model, by a certified attestation key.
    Packed(AttestationKey),
    /// The same, by a TPM whose attestation identity key this is.
    Tpm(AttestationKey, AikHash),
    /// That it is of FIDO U2F, by a certified attestation key.
    FidoU2f(AttestationKey),
    /// That Android's key store made the credential's key.
    AndroidKey(KeyStore, KeyDescription),
    /// That one of Apple's devices made the credential's key.
    Apple(KeyStore),
    /// Something else to relying parties that ask for enterprise attestation.
    Enterprise {
        /// What it proves to those who do not.
        usual: Box<Attestation>,
        /// What it proves to those who do.
        personal: Box<Attestation>,
    },
    /// What Google's retired service would have said.
    SafetyNet,
    /// All of these.
    Compound(Vec<Attestation>),
}

impl Attestation {
    /// What is shown when the options ask like this.
    pub(super) fn for_conveyance(&self, conveyance: Option<&str>) -> &Self {
        match (conveyance, self) {
            (None | Some("none"), _) => &Self::None,
            (Some("enterprise"), Self::Enterprise { personal, .. }) => personal,
            (_, Self::Enterprise { usual, .. }) => usual,
            _ => self,
        }
    }
}

/// <https://www.w3.org/TR/webauthn-3/#attestation-object>
pub(super) fn attestation_object(attestation: &Attestation, ceremony: &Ceremony<'_>) -> Vec<u8> {
    let (format, mut statement) = ceremony.statement(attestation);
    if let Some(Sabotage::Statement(edit)) = ceremony.sabotage {
        edit(&mut statement);
    }

    let auth_data = ceremony.auth_data;
    let mut object = encode::attestation_object(format, &statement, auth_data);
    match ceremony.sabotage {
        Some(Sabotage::AttestationObject(edit)) => edit(&mut object),
        Some(Sabotage::Truncated) => drop(object.pop()),
        _ => {}
    }
    object
}
