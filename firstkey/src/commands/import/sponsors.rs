//! The sponsors whom a file names: far fewer than it has rows.

use std::collections::HashMap;

use firstkey_app::people::ResolvedSponsor;
use firstkey_domain::Digest;
use firstkey_ports::{Joiner, SponsorRef};

use crate::running::HostApp;

/// What is said of a sponsor whom the file does not tell from others.
pub(super) const SEVERAL: &str =
    "several people here have this address; name the sponsor by identifier";
/// What is said of a sponsor whom nobody knows.
const NOBODY: &str = "nobody here or in this file has this address or identifier";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sponsor {
    /// They are here already, or in the file.
    Found,
    /// Not here; perhaps in the file.
    Missing,
    Several,
}

/// By a piece of the digest of their name. Two names that share it would only let a row wait for a sponsor
/// who never comes, which is reported too.
#[derive(Debug, Default)]
pub(super) struct Sponsors(HashMap<u64, Sponsor>);

impl Sponsors {
    /// Looks up those who were not named before.
    pub(super) async fn look_up(
        &mut self,
        app: &HostApp,
        mut named: Vec<SponsorRef>,
    ) -> Result<(), String> {
        named.retain(|name| !self.0.contains_key(&piece(name)));
        if named.is_empty() {
            return Ok(());
        }
        let new: Vec<_> = named.iter().collect();
        let found = app.resolve_sponsors(&new).await.map_err(|error| error.to_string())?;
        self.0.extend(named.iter().zip(found).map(|(name, found)| {
            let sponsor = match found {
                ResolvedSponsor::Several => Sponsor::Several,
                ResolvedSponsor::Unknown => Sponsor::Missing,
                ResolvedSponsor::Known(_) | ResolvedSponsor::None => Sponsor::Found,
            };
            (piece(name), sponsor)
        }));
        Ok(())
    }

    pub(super) fn are_missing(&self) -> bool {
        self.0.values().any(|sponsor| *sponsor == Sponsor::Missing)
    }

    pub(super) fn are_faulty(&self) -> bool {
        self.0.values().any(|sponsor| *sponsor != Sponsor::Found)
    }

    /// Somebody in the file may be a sponsor who is missing.
    pub(super) fn find_in_file(&mut self, joiner: &Joiner) {
        for name in [piece_of(&joiner.external_id), piece_of(&joiner.personal_email.to_lowercase())]
        {
            if let Some(sponsor @ Sponsor::Missing) = self.0.get_mut(&name) {
                *sponsor = Sponsor::Found;
            }
        }
    }

    /// What is wrong with a sponsor.
    pub(super) fn fault(&self, name: &SponsorRef) -> Option<&'static str> {
        match self.0.get(&piece(name))? {
            Sponsor::Found => None,
            Sponsor::Missing => Some(NOBODY),
            Sponsor::Several => Some(SEVERAL),
        }
    }
}

fn piece(name: &SponsorRef) -> u64 {
    match name {
        SponsorRef::Email(address) => piece_of(&address.to_lowercase()),
        SponsorRef::ExternalId(id) => piece_of(id),
    }
}

fn piece_of(name: &str) -> u64 {
    Digest::of(name.as_bytes()).piece()
}
