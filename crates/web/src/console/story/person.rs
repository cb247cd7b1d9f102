//! Sentences about a person.

use std::collections::BTreeSet;

use firstkey_domain::person::{Field, PersonEvent};

use crate::{console::roles::role_message, page::Reader};

/// What happened, with `who` as the one who did it and `name` as the person.
pub(super) fn sentence(reader: Reader, who: &str, name: &str, event: &PersonEvent) -> String {
    let texts = reader.texts;
    let both = [("who", who), ("name", name)];
    match event {
        PersonEvent::Joined { .. } => texts.with("console-story-joined", both),
        PersonEvent::Changed { changed, .. } => {
            let fields = fields(reader, changed);
            texts.with("console-story-changed", [both[0], both[1], ("fields", fields.as_str())])
        }
        PersonEvent::Corrected { changed, reason, .. } => {
            let fields = fields(reader, changed);
            let fields = ("fields", fields.as_str());
            match reason.expose() {
                Some(reason) => {
                    let reason = ("reason", reason.trim_end_matches('.'));
                    texts.with("console-story-corrected", [both[0], both[1], fields, reason])
                }
                None => texts.with("console-story-changed", [both[0], both[1], fields]),
            }
        }
        PersonEvent::Erased { reason, .. } => {
            let reason = reason.trim_end_matches('.');
            texts.with("console-story-erased", [both[0], both[1], ("reason", reason)])
        }
        PersonEvent::Left => texts.with("console-story-left", both),
        PersonEvent::EnrollmentOpened { .. } => texts.with("console-story-frozen", both),
        PersonEvent::RoleGranted { role, .. } => {
            let role = reader.get(role_message(*role));
            texts.with("console-story-role-granted", [both[0], both[1], ("role", role.as_str())])
        }
        PersonEvent::RoleRevoked { role, .. } => {
            let role = reader.get(role_message(*role));
            texts.with("console-story-role-revoked", [both[0], both[1], ("role", role.as_str())])
        }
        PersonEvent::AuthenticatorBound { credential, .. } if credential.backup_eligible => {
            texts.with("console-story-holds-synced", both)
        }
        PersonEvent::AuthenticatorBound { .. } => texts.with("console-story-holds-bound", both),
        PersonEvent::AuthenticatorNamed { name: label, .. } => match label.expose() {
            Some(label) => texts
                .with("console-story-passkey-named", [both[0], both[1], ("label", label.as_str())]),
            None => texts.with("console-story-passkey-named-erased", both),
        },
        PersonEvent::AuthenticatorStopped { .. } => {
            texts.with("console-story-passkey-stopped", both)
        }
        PersonEvent::AuthenticatorSuspended { .. } => {
            texts.with("console-story-passkey-suspended", both)
        }
        PersonEvent::AuthenticatorRemoved { .. } => {
            texts.with("console-story-passkey-removed", both)
        }
        PersonEvent::SignedOutEverywhere => texts.with("console-story-signed-out-everywhere", both),
    }
}

fn fields(reader: Reader, changed: &BTreeSet<Field>) -> String {
    let name = |field: &Field| {
        reader.get(match field {
            Field::Name => "console-changed-name",
            Field::Address => "console-changed-address",
            Field::Sponsor => "console-changed-sponsor",
            Field::Groups => "console-changed-groups",
            Field::WorkerType => "console-changed-worker-type",
            Field::Details => "console-changed-details",
        })
    };
    changed.iter().map(name).collect::<Vec<_>>().join(", ")
}
