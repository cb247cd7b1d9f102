//! The locator: what travels by mail. It opens a page and grants nothing.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_domain::EnrollmentId;
use uuid::Uuid;

use crate::Keys;

/// Names an enrollment and the invitation by which it was reached. Derived, never stored, so that no
/// row of the outbox holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locator {
    /// Which enrollment.
    pub enrollment: EnrollmentId,
    /// Which of its invitations.
    pub generation: u32,
}

/// The text is no locator of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this link is not active")]
pub struct LocatorError;

impl Locator {
    const LENGTH: usize = 16 + 4 + 16;

    /// The text that goes into the address: 48 letters, with a MAC of 128 bits.
    pub fn to_text(self, keys: &Keys) -> String {
        let message = self.message();
        URL_SAFE_NO_PAD.encode([&message[..], &keys.locator_tag(&message)].concat())
    }

    /// Reads and authenticates a text.
    pub fn from_text(text: &str, keys: &Keys) -> Result<Self, LocatorError> {
        let mut bytes = [0; Self::LENGTH];
        if URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) != Ok(Self::LENGTH) {
            return Err(LocatorError);
        }
        let (message, tag) = bytes.split_at(20);
        aws_lc_rs::constant_time::verify_slices_are_equal(&keys.locator_tag(message), tag)
            .map_err(|_| LocatorError)?;
        let (id, generation) = message.split_at(16);
        Ok(Self {
            enrollment: EnrollmentId::from_uuid(Uuid::from_slice(id).map_err(|_| LocatorError)?),
            generation: u32::from_be_bytes(generation.try_into().map_err(|_| LocatorError)?),
        })
    }

    fn message(self) -> [u8; 20] {
        let mut message = [0; 20];
        message[..16].copy_from_slice(self.enrollment.uuid().as_bytes());
        message[16..].copy_from_slice(&self.generation.to_be_bytes());
        message
    }
}
