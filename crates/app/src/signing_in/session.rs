//! Sessions: the cookie's token, and what every request checks.

use std::convert::Infallible;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_domain::{AuthenticatorId, Digest, PersonId, Role, SessionId};
use firstkey_ports::{Commit, PersonRow, Row, RowKey, SessionRow, SessionView};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{App, Backend, Outcome};

/// How often a session's use is written down.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The secret of a session: 256 random bits (SP 800-63B-4 §5.1 asks 64). Cannot be printed.
#[derive(Clone)]
pub struct SessionSecret([u8; 32]);

impl SessionSecret {
    pub(super) const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What the store keeps of it: a MAC under a key that is not in the database, over whose session
    /// it is, by which authenticator, and when it ends. Whoever writes rows can make a secret but not
    /// this, so that a session that was put there lets nobody in.
    pub(super) fn seal(&self, key: &RowKey, session: &SessionRow) -> Digest {
        let seal = key.seal(
            "session",
            &[
                session.id.uuid().as_bytes(),
                session.person.uuid().as_bytes(),
                session.authenticator.uuid().as_bytes(),
                &session.expires.as_microsecond().to_be_bytes(),
                &self.0,
            ],
        );
        Digest::from_bytes(seal.0)
    }
}

impl std::fmt::Debug for SessionSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionSecret(…)")
    }
}

/// What the cookie holds.
#[derive(Debug, Clone)]
pub struct SessionToken {
    /// Which session.
    pub id: SessionId,
    /// Its secret.
    pub secret: SessionSecret,
}

impl SessionToken {
    /// The cookie's value.
    pub fn expose(&self) -> String {
        URL_SAFE_NO_PAD.encode([&self.id.uuid().as_bytes()[..], &self.secret.0].concat())
    }

    /// Reads a cookie's value. `None` when it is none of ours in shape.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut bytes = [0; 48];
        if URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) != Ok(48) {
            return None;
        }
        let (id, secret) = bytes.split_at(16);
        let id = SessionId::from_uuid(Uuid::from_slice(id).ok()?);
        Some(Self { id, secret: SessionSecret(secret.try_into().ok()?) })
    }
}

/// A session that holds now.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub person: PersonRow,
    /// Their roles, each under an intact seal.
    pub roles: Vec<Role>,
    /// With which authenticator it was begun.
    pub authenticator: AuthenticatorId,
    /// When it ends whatever happens.
    pub expires: Timestamp,
    /// When it was last used, within a minute.
    seen: Timestamp,
    /// What forms carry, so that another site's page cannot post them: derived from the secret.
    pub form_token: String,
}

impl Session {
    /// Whose session it is.
    pub const fn person_id(&self) -> PersonId {
        self.person.id
    }
}

impl<S: Backend> App<S> {
    /// The session of a cookie, if it holds: right secret, not over, not idle too long, its owner
    /// belongs, and its authenticator may still be used, under intact seals (rule 20).
    pub async fn session(&self, token: &SessionToken) -> Outcome<Option<Session>, Infallible> {
        let now = self.now();
        let Some(view) = self.store.session(token.id).await? else { return Ok(None) };
        let row = &view.session;
        let is_ours = aws_lc_rs::constant_time::verify_slices_are_equal(
            token.secret.seal(&self.keys.rows, row).as_bytes(),
            row.secret.as_bytes(),
        )
        .is_ok();
        if !is_ours || !self.is_live(&view, now) {
            return Ok(None);
        }
        let roles = view
            .roles
            .iter()
            .filter(|role| role.person == view.person.id && role.is_sealed(&self.keys.rows))
            .map(|role| role.role)
            .collect();
        Ok(Some(Session {
            id: row.id,
            roles,
            authenticator: row.authenticator,
            expires: row.expires,
            seen: row.seen,
            form_token: Digest::of_parts("firstkey form token", &[&token.secret.0]).to_string(),
            person: view.person,
        }))
    }

    /// Whether a session holds, apart from the secret of whoever claims it.
    pub(crate) fn is_live(&self, view: &SessionView, now: Timestamp) -> bool {
        let row = &view.session;
        now < row.expires
            && now.duration_since(row.seen) < self.settings.session_idle
            && view.person.id == row.person
            && view.person.active
            && view.authenticator.as_ref().is_some_and(|authenticator| {
                authenticator.active
                    && authenticator.person == view.person.id
                    && authenticator.is_sealed(&self.keys.rows)
            })
    }

    /// Notes that somebody used the session just now. What a page asks by itself is no use: it would
    /// keep the session of an empty chair alive (SP 800-63B-4 §2.2.3).
    pub async fn used(&self, session: &Session) {
        let now = self.now();
        if now.duration_since(session.seen) >= SEEN_EVERY {
            // Losing this write shortens an idle time by a minute, no more.
            let seen = Commit {
                at: Some(now),
                rows: vec![Row::SessionSeen(session.id, now)],
                ..Commit::default()
            };
            let _ = self.store.commit(seen).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> SessionRow {
        SessionRow {
            id: SessionId::from_uuid(Uuid::from_u128(1)),
            person: PersonId::from_uuid(Uuid::from_u128(2)),
            authenticator: AuthenticatorId::from_uuid(Uuid::from_u128(3)),
            secret: Digest::from_bytes([0; 32]),
            began: Timestamp::UNIX_EPOCH,
            expires: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24),
            seen: Timestamp::UNIX_EPOCH,
            browser: String::new(),
        }
    }

    #[test]
    fn rule_20_a_session_row_that_was_edited_or_put_there_opens_nothing() {
        let (key, secret) = (RowKey::new(&[1; 32]), SessionSecret::new([7; 32]));
        let sealed = secret.seal(&key, &row());
        assert_eq!(secret.seal(&key, &SessionRow { browser: "x".into(), ..row() }), sealed);
        let other = Uuid::from_u128(9);
        for edited in [
            SessionRow { id: SessionId::from_uuid(other), ..row() },
            SessionRow { person: PersonId::from_uuid(other), ..row() },
            SessionRow { authenticator: AuthenticatorId::from_uuid(other), ..row() },
            SessionRow { expires: row().expires + SignedDuration::from_hours(1), ..row() },
        ] {
            assert_ne!(secret.seal(&key, &edited), sealed);
        }
        // Whoever puts a row there knows a secret, and not the key.
        assert_ne!(secret.seal(&RowKey::new(&[2; 32]), &row()), sealed);
        assert_ne!(SessionSecret::new([8; 32]).seal(&key, &row()), sealed);
    }
}
