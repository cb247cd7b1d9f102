//! What a believed certificate says besides being believed.

use super::{AndroidKey, Format, TpmFacts, android_key, profile};
use crate::ids::Aaguid;
use crate::x509::Certificate;

/// What is proven about an authenticator, for policies to decide on. Everything here is what a
/// certificate says that leads to an accepted root; without one nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facts {
    /// The model that the attestation certificate names. Where it names none, the root vouches for
    /// one model only, or nothing is known of the model (`fido-u2f`).
    pub certified_model: Option<Aaguid>,
    /// `packed`: the version of the authenticator's firmware, a number that grows from release to
    /// release.
    pub firmware_version: Option<u64>,
    /// Enterprise attestation: the number of this one authenticator, which stays the same over
    /// resets. It identifies a device and so a person; keep it only when it is needed. `packed`
    /// only, and there only when [`Conveyance::Enterprise`](crate::registration::Conveyance) was
    /// asked for and the client and the authenticator permit it for this relying party.
    pub serial_number: Option<Vec<u8>>,
    /// `android-key`: where the key lives.
    pub android_key: Option<AndroidKey>,
    /// `tpm`: which TPM it is, and whether the key can leave it.
    pub tpm: Option<TpmFacts>,
}

impl Facts {
    /// Reads them from a certificate that is believed. What is malformed was refused before.
    pub(super) fn read(format: Format, leaf: &Certificate) -> Self {
        let mut facts = Self::default();
        match format {
            Format::Packed => {
                facts.certified_model = profile::model(leaf).ok().flatten();
                facts.firmware_version = profile::firmware_version(leaf).ok().flatten();
                facts.serial_number =
                    profile::serial_number(leaf).ok().flatten().map(<[u8]>::to_vec);
            }
            Format::FidoU2f | Format::Tpm => {
                facts.certified_model = profile::model(leaf).ok().flatten();
            }
            Format::AndroidKey => facts.android_key = android_key::facts(leaf),
            Format::Apple | Format::Compound | Format::None => {}
        }
        facts
    }
}
