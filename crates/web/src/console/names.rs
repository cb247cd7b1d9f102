//! Names of people, looked up once for each page.

use std::collections::BTreeMap;

use firstkey_app::{Backend, Fault};
use firstkey_domain::{Actor, PersonId};
use firstkey_ports::PersonRow;
use firstkey_texts::Texts;

use crate::{Web, fault::failure, problem::Problem};

/// A person's full name; a few letters of their id once their data was erased.
pub(super) fn full_name(person: &PersonRow) -> String {
    let name = format!("{} {}", person.given_name, person.family_name);
    match name.trim() {
        "" => {
            person.id.to_string().chars().rev().take(8).collect::<String>().chars().rev().collect()
        }
        name => name.to_owned(),
    }
}

/// Whether nothing is known of them any more: HR's identifier is part of whatever is.
pub(super) const fn is_erased(person: &PersonRow) -> bool {
    person.external_id.is_empty()
}

/// Names of people, looked up once for each page.
pub(super) struct Names<'a, S> {
    web: &'a Web<S>,
    texts: &'static Texts,
    known: BTreeMap<PersonId, Option<PersonRow>>,
}

impl<'a, S: Backend> Names<'a, S> {
    pub(super) const fn new(web: &'a Web<S>, texts: &'static Texts) -> Self {
        Self { web, texts, known: BTreeMap::new() }
    }

    /// A person's row.
    pub(super) async fn row(&mut self, id: PersonId) -> Result<Option<&PersonRow>, Problem> {
        if !self.known.contains_key(&id) {
            let row = self.web.app.store().person(id).await;
            let row = row.map_err(|error| failure(Fault::Store(error)))?;
            self.known.insert(id, row);
        }
        Ok(self.known.get(&id).and_then(Option::as_ref))
    }

    /// A person's name.
    pub(super) async fn of(&mut self, id: PersonId) -> Result<String, Problem> {
        let name = self.row(id).await?.map(full_name);
        Ok(name.unwrap_or_else(|| self.texts.get("console-somebody")))
    }

    /// Who did something, as the subject of a sentence.
    pub(super) async fn actor(&mut self, actor: &Actor) -> Result<String, Problem> {
        Ok(match actor {
            Actor::Person(id) => self.of(*id).await?,
            Actor::Applicant(_) => self.texts.get("console-actor-applicant"),
            Actor::Host(user) => self.texts.with("console-actor-host", [("user", user.as_str())]),
            Actor::Source(source) => {
                self.texts.with("console-actor-source", [("source", source.as_str())])
            }
            Actor::Machine { owner, .. } => {
                let owner = self.of(*owner).await?;
                self.texts.with("console-actor-machine", [("owner", owner.as_str())])
            }
            Actor::Clock => self.texts.get("console-actor-clock"),
        })
    }
}
