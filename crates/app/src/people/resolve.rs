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
        let known = self.known(rows.iter().map(|row| &row.external_id)).await?;
        let sponsors: Vec<_> = rows.iter().filter_map(|row| row.sponsor.as_ref()).collect();
        let mut sponsors = self.resolve_sponsors(&sponsors).await?.into_iter();
        Ok(rows
            .iter()
            .map(|row| Resolved {
                known: known.get(&row.external_id).copied(),
                sponsor: row
                    .sponsor
                    .as_ref()
                    .and_then(|_| sponsors.next())
                    .unwrap_or(ResolvedSponsor::None),
            })
            .collect())
    }

    /// Finds sponsors, in their order. A few thousand at a time.
    pub async fn resolve_sponsors(
        &self,
        sponsors: &[&SponsorRef],
    ) -> Result<Vec<ResolvedSponsor>, StoreError> {
        let (mut ids, mut addresses) = (Vec::new(), Vec::new());
        for sponsor in sponsors {
            match sponsor {
                SponsorRef::ExternalId(id) => ids.push(id),
                SponsorRef::Email(address) => addresses.push(address.clone()),
            }
        }
        let by_id = self.known(ids.into_iter()).await?;
        let by_address = self.by_address(addresses).await?;
        let found = sponsors.iter().map(|sponsor| match sponsor {
            SponsorRef::ExternalId(id) => by_id.get(id).map(|id| ResolvedSponsor::Known(*id)),
            SponsorRef::Email(address) => by_address.get(&address.to_lowercase()).copied(),
        });
        Ok(found.map(|found| found.unwrap_or(ResolvedSponsor::Unknown)).collect())
    }

    async fn known(
        &self,
        ids: impl Iterator<Item = &String>,
    ) -> Result<HashMap<String, PersonId>, StoreError> {
        let ids = distinct(ids.cloned().collect());
        let people = self.store.people_by_external_id(&ids).await?;
        Ok(people.into_iter().map(|person| (person.external_id, person.id)).collect())
    }

    async fn by_address(
        &self,
        addresses: Vec<String>,
    ) -> Result<HashMap<String, ResolvedSponsor>, StoreError> {
        let mut by_address: HashMap<String, ResolvedSponsor> = HashMap::new();
        for person in self.store.people_by_email(&distinct(addresses)).await? {
            // Whoever left can vouch for nobody, and does not stand in the way of who can.
            if person.active {
                by_address
                    .entry(person.personal_email.to_lowercase())
                    .and_modify(|found| *found = ResolvedSponsor::Several)
                    .or_insert(ResolvedSponsor::Known(person.id));
            }
        }
        Ok(by_address)
    }
}

fn distinct(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup();
    texts
}
