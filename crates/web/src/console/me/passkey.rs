//! A passkey, as its owner and operators see it.

use firstkey_domain::{
    Attestation,
    person::{Authenticator, AuthenticatorStanding},
};
use firstkey_ports::AuthenticatorRow;

use crate::{
    console::{models::Models, moment::Moment},
    page::Reader,
};

/// A passkey in a list.
#[derive(Debug)]
pub(in crate::console) struct PasskeyLine {
    pub(in crate::console) id: String,
    /// What its owner calls it, or what it says it is.
    pub(in crate::console) name: String,
    /// What its owner calls it.
    pub(in crate::console) own_name: String,
    pub(in crate::console) model: Option<String>,
    /// Where the model's picture is.
    pub(in crate::console) icon: Option<String>,
    /// Whether its maker vouches for the model; otherwise it is its own word.
    pub(in crate::console) is_attested: bool,
    /// Whether the key can be copied to other devices.
    pub(in crate::console) is_synced: bool,
    pub(in crate::console) is_suspended: bool,
    pub(in crate::console) added: Moment,
    pub(in crate::console) used: Option<Moment>,
}

impl PasskeyLine {
    /// The state says what it is; the row says when it was used.
    pub(in crate::console) fn of(
        reader: Reader,
        models: &Models,
        each: &Authenticator,
        rows: &[AuthenticatorRow],
    ) -> Self {
        let row = rows.iter().find(|row| row.id == each.id);
        let aaguid = each.credential.aaguid;
        let model = models.name(reader, aaguid);
        let own_name = each.name.expose().cloned().unwrap_or_default();
        let name = match (own_name.as_str(), &model) {
            ("", Some(model)) => model.clone(),
            ("", None) => reader.get("console-passkey-unnamed"),
            (name, _) => name.to_owned(),
        };
        Self {
            id: each.id.to_string(),
            name,
            own_name,
            model,
            icon: models.icon(aaguid),
            is_attested: each.credential.attestation == Attestation::Trusted,
            is_synced: each.credential.backup_eligible,
            is_suspended: each.standing == AuthenticatorStanding::Suspended,
            added: Moment(each.bound),
            used: row.and_then(|row| row.last_used).map(Moment),
        }
    }
}
