//! Finishing a sign-in: a passkey says who it is, and a session begins.

use firstkey_domain::{
    Actor, Attestation, Bytes, Credential, CredentialId, Digest, PersonId, SessionId, Transport,
    challenge::{Purpose, Signed},
    person::Person,
};
use firstkey_ports::{AuthenticatorRow, CredentialView, ReservationKind, Row, SessionRow};
use firstkey_webauthn::authentication::UnverifiedAssertion;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::{SessionSecret, SessionToken};
use crate::{
    App, Backend, Fault, Loaded, Outcome, TicketError, Unit, UseCase,
    ticket::{self, Ticket},
    webauthn::{SignatureRefusal, raw, verify_with},
};

/// A passkey answered.
#[derive(Debug)]
pub struct SignIn {
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
    /// Browser and system in a few words, for the list of one's own sessions.
    pub browser: String,
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// The cookie.
    pub token: SessionToken,
    /// When the session ends whatever happens.
    pub expires: Timestamp,
}

/// Why nobody signed in. Pages say the same in words for all of them but the ticket's.
#[derive(Debug, thiserror::Error)]
pub enum SignInFault {
    /// The ticket is not for this, or too old.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// Nobody has the passkey any more, and nobody will: its device may drop it.
    #[error("this passkey cannot sign in here")]
    Nobodys(CredentialId),
    /// The passkey may not be used, or its row is missing.
    #[error("this passkey cannot sign in here")]
    Unknown,
    /// The row was altered: its seal is broken.
    #[error("this passkey cannot sign in here")]
    BrokenSeal,
    /// The signature does not count.
    #[error("this passkey cannot sign in here")]
    Signature(#[from] SignatureRefusal),
}

/// The leaf of a sign-in: a note without a stream.
#[derive(Serialize)]
struct SignedInNote<'a> {
    kind: &'static str,
    at: Timestamp,
    session: SessionId,
    person: PersonId,
    signed: &'a Signed,
}

impl<S: Backend> UseCase<S> for SignIn {
    type Output = SignedIn;
    type Refusal = SignInFault;

    fn actor(&self) -> Actor {
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<SignedIn, SignInFault> {
        let (app, now) = (unit.app(), unit.now());
        let ticket: Ticket<()> =
            Ticket::open(&self.ticket, Purpose::SignIn, &app.keys, now).map_err(Fault::refuse)?;
        let id = CredentialId::new(self.assertion.credential_id().as_bytes().to_vec());
        let Some(found) = app.store.credential(&id).await? else {
            return Err(no_way_in(app, self.claimed(), id).await);
        };
        let CredentialView { authenticator: row, holder } = found;
        if !row.is_sealed(&app.keys.rows) {
            tracing::error!(event = "row.seal_broken", authenticator = %row.id, "an authenticator's row was altered");
            return Err(Fault::Refused(SignInFault::BrokenSeal));
        }
        // The sealed row's `active` covers the person's standing: leaving rewrites it.
        if !row.active {
            return Err(no_way_in(app, Some(row.person), id).await);
        }
        // A row that was put back keeps its seal; the state knows what was removed since.
        let person: Option<Loaded<Person>> = unit.loaded(&holder)?;
        let person = person.filter(|person| person.usable_authenticator(row.id).is_some());
        let person = person.ok_or(Fault::Refused(SignInFault::Unknown))?;
        let verified = verify_with(
            &app.site,
            row.person,
            &credential(&row),
            &ticket.challenge,
            self.assertion.clone(),
        )
        .map_err(Fault::refuse)?;
        // Asked of whoever holds the passkey only: nobody else learns when they signed out.
        if !person.takes_sign_in(ticket.begun()) {
            return Err(Fault::refuse(TicketError::Expired));
        }
        if verified.counter_regressed {
            tracing::warn!(event = "authenticator.counter_regressed", authenticator = %row.id, "a signature counter went back");
        }
        unit.spend_challenge(ticket.challenge.digest(), ticket.expires);

        let session = SessionId::from_uuid(unit.new_uuid());
        let secret = SessionSecret::new(app.entropy().bytes());
        let expires = now.saturating_add(app.settings.session_lifetime).unwrap_or(Timestamp::MAX);
        unit.row(Row::AuthenticatorUsed { id: row.id, at: now, sign_count: verified.sign_count });
        let mut begun = SessionRow {
            id: session,
            person: row.person,
            authenticator: row.id,
            secret: Digest::from_bytes([0; 32]),
            began: now,
            expires,
            seen: now,
            browser: self.browser.clone(),
        };
        begun.secret = secret.seal(&app.keys.rows, &begun);
        unit.row(Row::Session(begun));
        let signed = Signed {
            challenge: ticket.challenge,
            authenticator: row.id,
            assertion: raw(&verified),
        };
        unit.note_access(&SignedInNote {
            kind: "session.began/1",
            at: now,
            session,
            person: row.person,
            signed: &signed,
        })?;
        let token = SessionToken { id: session, secret };
        Ok(SignedIn { person: row.person, token, expires })
    }

    fn taken(&self, kind: ReservationKind) -> Fault<SignInFault> {
        ticket::taken(kind)
    }
}

impl SignIn {
    /// The account that the answer claims. Believed only where there is nothing to compare it with:
    /// whoever lies has their own device drop their own passkey.
    fn claimed(&self) -> Option<PersonId> {
        let handle = self.assertion.user_handle()?;
        Uuid::from_slice(handle.as_bytes()).ok().map(PersonId::from_uuid)
    }
}

/// Refuses a passkey; says whether its device may drop it.
async fn no_way_in<S: Backend>(
    app: &App<S>,
    account: Option<PersonId>,
    id: CredentialId,
) -> Fault<SignInFault> {
    let is_nobodys = match account {
        Some(account) => app.is_nobodys(account, &id).await,
        None => Ok(false),
    };
    match is_nobodys {
        Ok(true) => Fault::Refused(SignInFault::Nobodys(id)),
        Ok(false) => Fault::Refused(SignInFault::Unknown),
        Err(fault) => fault.map(|never| match never {}),
    }
}

/// What verifying needs of a sealed row.
fn credential(row: &AuthenticatorRow) -> Credential {
    Credential {
        id: row.credential.clone(),
        public_key: Bytes::new(row.public_key.clone()),
        aaguid: row.aaguid,
        backup_eligible: row.backup_eligible,
        backed_up: false,
        sign_count: row.sign_count,
        transports: row.transports.iter().cloned().map(Transport).collect(),
        attestation: Attestation::None,
    }
}
