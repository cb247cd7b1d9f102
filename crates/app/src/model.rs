//! What the metadata in force says of an authenticator's model, in policy's terms.

use std::sync::Arc;

use firstkey_domain::{Credential, StreamId, metadata::MetadataInForce};
use firstkey_policy::{Certified, Listing, ModelFacts};
use firstkey_webauthn::{
    Aaguid,
    metadata::{Certification, Entry, Metadata, VerificationMethod},
};
use jiff::Timestamp;

use crate::{Backend, Loaded, Outcome, Unit, metadata};

/// What is known of models now. All that it rests on is guarded.
pub(crate) struct KnownModels {
    metadata: Option<Arc<Metadata>>,
    now: Timestamp,
}

impl KnownModels {
    /// Loads the metadata in force. That it cannot be used is a fault: a model that was revoked must
    /// not pass for one of which nothing is known.
    pub async fn known<S: Backend, R>(unit: &mut Unit<'_, S>) -> Outcome<Self, R> {
        Ok(Self { metadata: metadata::in_force(unit).await?, now: unit.now() })
    }

    /// How this credential's model stands. U2F keys have no AAGUID, and so nothing is known of them.
    pub fn listing(&self, credential: &Credential) -> Listing {
        let aaguid = Aaguid::new(*credential.aaguid.as_bytes());
        let Some(metadata) = &self.metadata else { return Listing::Unlisted };
        match (metadata.facts(aaguid, self.now.into()), metadata.entry(aaguid)) {
            (Some(facts), Some(entry)) if !facts.unreadable => Listing::Listed(ModelFacts {
                revoked: facts.revoked,
                compromised: !facts.compromises.is_empty(),
                retired: facts.retired,
                update_available: facts.update.is_some(),
                certified: facts.certification.and_then(certified),
                ..verifies(entry)
            }),
            (Some(_), _) => Listing::SetAside,
            (None, _) => Listing::Unlisted,
        }
    }
}

/// Whether any metadata is in force, whether it can be used or not.
pub(crate) async fn is_any_listed<S: Backend, R>(unit: &mut Unit<'_, S>) -> Outcome<bool, R> {
    let state: Option<Loaded<MetadataInForce>> = unit.load(StreamId::METADATA).await?;
    Ok(state.is_some())
}

fn verifies(entry: &Entry) -> ModelFacts {
    ModelFacts {
        verifies_by_biometric: entry.can_verify_by(VerificationMethod::is_biometric),
        verifies_by_pin_inside: entry
            .can_verify_by(|method| *method == VerificationMethod::PasscodeInternal),
        ..ModelFacts::default()
    }
}

/// The level that was reached. What goes beyond a level without reaching the next counts as that
/// level.
fn certified(certification: Certification) -> Option<Certified> {
    [
        (Certification::L3, Certified::L3),
        (Certification::L2, Certified::L2),
        (Certification::L1, Certified::L1),
    ]
    .into_iter()
    .find(|(least, _)| certification >= *least)
    .map(|(_, level)| level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_count_by_their_order() {
        let reached = [
            (Certification::Functional, None),
            (Certification::L1, Some(Certified::L1)),
            (Certification::L1Plus, Some(Certified::L1)),
            (Certification::L2, Some(Certified::L2)),
            (Certification::L2Plus, Some(Certified::L2)),
            (Certification::L3, Some(Certified::L3)),
            (Certification::L3Plus, Some(Certified::L3)),
        ];
        for (certification, level) in reached {
            assert_eq!(certified(certification), level, "{certification:?}");
        }
    }
}
