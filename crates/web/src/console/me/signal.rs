//! What a device is told about the passkeys it holds (WebAuthn Level 3 §5.1.10), so that it stops
//! offering those that lead nowhere and shows the present name.

use firstkey_domain::{Bytes, CredentialId, PersonId, enrollment::Enrollment, person::Person};
use jiff::Timestamp;
use serde::Serialize;

/// The arguments of `signalAllAcceptedCredentials` and `signalCurrentUserDetails`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Signal {
    rp_id: String,
    user_id: Bytes,
    all_accepted_credential_ids: Vec<CredentialId>,
    name: String,
    display_name: String,
}

impl Signal {
    /// Everything of somebody's that is accepted. What an enrollment has verified and not yet bound is
    /// among it: a device that was told otherwise would drop the new passkey before its second press.
    pub(super) fn of(
        rp_id: &str,
        person: &Person,
        newest: Option<&Enrollment>,
        now: Timestamp,
    ) -> Self {
        let bound = person.authenticators.iter().map(|each| &each.credential);
        let unbound = newest
            .and_then(|newest| newest.running(now).ok())
            .into_iter()
            .flat_map(|running| &running.attempts)
            .filter_map(|attempt| attempt.verified.as_ref());
        let record = person.record.expose();
        Self {
            rp_id: rp_id.to_owned(),
            user_id: user_id(person.id),
            all_accepted_credential_ids: bound.chain(unbound).map(|each| each.id.clone()).collect(),
            name: record.map(|record| record.user_name.clone()).unwrap_or_default(),
            display_name: record
                .map(|record| format!("{} {}", record.given_name, record.family_name))
                .unwrap_or_default(),
        }
    }

    /// For the page's `data-signal`.
    pub(super) fn to_json(&self) -> String {
        // Strings and bytes: serialising them has no way to fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The account's handle, as registration gave it to the device.
fn user_id(person: PersonId) -> Bytes {
    Bytes::new(person.uuid().as_bytes().to_vec())
}
