//! With which of their authenticators somebody may sign.

use firstkey_domain::{
    CredentialId, Digest,
    challenge::{Challenge, Purpose, Signed},
    person::{Authenticator, Person},
};
use firstkey_webauthn::authentication::{Options, UnverifiedAssertion};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    Backend, Outcome, Site, Unit,
    enrolling::Ceremony,
    privilege::suitable,
    ticket::Ticket,
    webauthn::{SignatureRefusal, descriptors, raw, verify_with, wire_challenge},
};

/// Somebody who is to sign an act, and with what they may.
pub(crate) struct Signer<'a> {
    person: &'a Person,
    serving: Vec<&'a Authenticator>,
}

impl<'a> Signer<'a> {
    /// Signs with any authenticator that they may use: for ordinary applicants.
    pub fn with_any(person: &'a Person) -> Self {
        Self { person, serving: usable(person).collect() }
    }

    /// Signs only with authenticators that policy would bind to them today: for acts by which others
    /// become trusted (rule 23).
    pub async fn with_suitable<S: Backend, R>(
        unit: &mut Unit<'_, S>,
        person: &'a Person,
    ) -> Outcome<Self, R> {
        Ok(Self { person, serving: suitable(unit, person).await? })
    }

    /// Signs with suitable authenticators, or with any when none suits: for adding and removing one's
    /// own, so that a weaker authenticator cannot make a better one for a thief or take the owner's
    /// away, and whoever holds only weaker ones can still add a better one.
    pub async fn with_best<S: Backend, R>(
        unit: &mut Unit<'_, S>,
        person: &'a Person,
    ) -> Outcome<Self, R> {
        let best = Self::with_suitable(unit, person).await?;
        Ok(if best.serving.is_empty() { Self::with_any(person) } else { best })
    }

    /// Asks them to sign an act: what `body` says, by its digest. It comes back with the answer.
    pub fn ask<S: Backend, B: Serialize + DeserializeOwned>(
        &self,
        unit: &Unit<'_, S>,
        digest: Digest,
        body: B,
    ) -> Result<Ceremony, SignatureRefusal> {
        let app = unit.app();
        let ticket = Ticket::begin(Purpose::Act, digest, body, app.entropy(), unit.now());
        Ok(Ceremony {
            options: self.options(&app.site, &ticket.challenge)?,
            ticket: ticket.seal(&app.keys, app.entropy()),
        })
    }

    /// Verifies that they signed what the ticket is about. That counts once.
    pub fn signed<S: Backend, B>(
        &self,
        unit: &mut Unit<'_, S>,
        ticket: &Ticket<B>,
        assertion: UnverifiedAssertion,
    ) -> Result<Signed, SignatureRefusal> {
        let signed = self.verify(&unit.app().site, ticket.challenge, assertion)?;
        unit.spend_challenge(ticket.challenge.digest(), ticket.expires);
        Ok(signed)
    }

    /// The request options for signing this challenge.
    pub fn options(&self, site: &Site, challenge: &Challenge) -> Result<Value, SignatureRefusal> {
        // An empty list would let any passkey answer.
        if self.serving.is_empty() {
            return Err(refusal(usable(self.person).next()));
        }
        let allowed = descriptors(self.serving.iter().map(|each| &each.credential));
        let challenge = wire_challenge(challenge);
        let options = Options::new(&site.relying_party, challenge).allow(&allowed);
        Ok(serde_json::to_value(options).unwrap_or_default())
    }

    /// Verifies that they signed the challenge, with an authenticator that serves.
    fn verify(
        &self,
        site: &Site,
        challenge: Challenge,
        assertion: UnverifiedAssertion,
    ) -> Result<Signed, SignatureRefusal> {
        let id = CredentialId::new(assertion.credential_id().as_bytes().to_vec());
        let is_it = |each: &&Authenticator| each.credential.id == id;
        let serving = self.serving.iter().copied().find(is_it);
        let authenticator = serving.ok_or_else(|| refusal(usable(self.person).find(is_it)))?;
        let (person, credential) = (self.person.id, &authenticator.credential);
        let verified = verify_with(site, person, credential, &challenge, assertion)?;
        Ok(Signed { challenge, authenticator: authenticator.id, assertion: raw(&verified) })
    }
}

/// Why what does not serve does not: a usable authenticator is unsuitable.
const fn refusal(usable: Option<&Authenticator>) -> SignatureRefusal {
    match usable {
        Some(_) => SignatureRefusal::Unsuitable,
        None => SignatureRefusal::UnknownAuthenticator,
    }
}

/// The authenticators that a person may use now.
pub(crate) fn usable(person: &Person) -> impl Iterator<Item = &Authenticator> {
    person.authenticators.iter().filter(|each| person.usable_authenticator(each.id).is_some())
}
