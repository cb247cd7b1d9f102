//! Finding whom a source's rows name: people known already, and their sponsors.

use std::collections::HashMap;

use firstkey_domain::PersonId;
use firstkey_ports::{Joiner, SponsorRef, StoreError};

use crate::{App, Backend};

/// Whom a row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// The person, when they are known.
    pub known: Option<PersonId>,
    /// The sponsor.
    pub sponsor: ResolvedSponsor,
}

/// The sponsor that a row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResolvedSponsor {
    /// The row names none.
    None,
    /// Somebody known.
    Known(PersonId),
    /// Nobody known; perhaps somebody who joins in the same file.
    Unknown,
    /// Several people have this address. People choose their own private address, so one who chose
    /// somebody else's must not become who vouches in their place.
    Several,
}

impl<S: Backend> App<S> {
    /// Finds whom each row names, in the order of the rows. A few thousand rows at a time.
    pub async fn resolve(&self, rows: &[Joiner]) -> Result<Vec<Resolved>, StoreError> {
        let mut ids: Vec<String> = rows.iter().map(|row| row.external_id.clone()).collect();
        let mut addresses = Vec::new();
        for sponsor in rows.iter().filter_map(|row| row.sponsor.as_ref()) {
            match sponsor {
                SponsorRef::ExternalId(id) => ids.push(id.clone()),
                SponsorRef::Email(address) => addresses.push(address.clone()),
            }
        }
        ids.sort_unstable();
        ids.dedup();
        addresses.sort_unstable();
        addresses.dedup();
        let by_id: HashMap<String, PersonId> = self
            .store
            .people_by_external_id(&ids)
            .await?
            .into_iter()
            .map(|person| (person.external_id, person.id))
            .collect();
        let mut by_address: HashMap<String, ResolvedSponsor> = HashMap::new();
        for person in self.store.people_by_email(&addresses).await? {
            // Whoever left can vouch for nobody, and does not stand in the way of who can.
            if person.active {
                by_address
                    .entry(person.personal_email.to_lowercase())
                    .and_modify(|found| *found = ResolvedSponsor::Several)
                    .or_insert(ResolvedSponsor::Known(person.id));
            }
        }
        let sponsor = |row: &Joiner| {
            let found = match &row.sponsor {
                None => return ResolvedSponsor::None,
                Some(SponsorRef::ExternalId(id)) => {
                    by_id.get(id).map(|id| ResolvedSponsor::Known(*id))
                }
                Some(SponsorRef::Email(address)) => {
                    by_address.get(&address.to_lowercase()).copied()
                }
            };
            found.unwrap_or(ResolvedSponsor::Unknown)
        };
        Ok(rows
            .iter()
            .map(|row| Resolved {
                known: by_id.get(&row.external_id).copied(),
                sponsor: sponsor(row),
            })
            .collect())
    }
}
