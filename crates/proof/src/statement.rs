//! Short statements that one part of a server makes about a key, and another part believes.

use std::fmt;

use crate::Thumbprint;
use crate::encoding::{array_from_base64url, to_base64url};
use crate::mac::{MacKey, TAG};

const EXPIRY: usize = 8;

/// Something said about the holder of a key.
///
/// The token carries neither field: whoever verifies must already know what it wants to hear, and
/// about whom, so a token can be neither taken for another purpose nor moved to another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement<'a> {
    /// What is said, such as `no-session-here`.
    pub purpose: &'a str,
    /// The key it is said about.
    pub thumbprint: Thumbprint,
}

/// The secret under which statements are made and believed.
pub struct StatementKey(MacKey);

impl StatementKey {
    /// A key from 32 secret random bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(MacKey::new(secret, "firstkey statement/1"))
    }

    /// A token for `statement` that is believed until `expires` (Unix seconds).
    pub fn issue(&self, statement: &Statement<'_>, expires: i64) -> String {
        let expires = expires.to_be_bytes();
        let mut token = [0; EXPIRY + TAG];
        token[..EXPIRY].copy_from_slice(&expires);
        token[EXPIRY..].copy_from_slice(&self.0.tag(&parts(statement, &expires)));
        to_base64url(&token)
    }

    /// Whether `token` says exactly `statement`, and still does at `now` (Unix seconds).
    pub fn verify(
        &self,
        token: &str,
        statement: &Statement<'_>,
        now: i64,
    ) -> Result<(), StatementError> {
        let token: [u8; EXPIRY + TAG] =
            array_from_base64url(token).ok_or(StatementError::NotStated)?;
        let (stated, tag) = token.split_at(EXPIRY);
        let mut expires = [0; EXPIRY];
        expires.copy_from_slice(stated);
        if !self.0.recognises(&parts(statement, &expires), tag) {
            return Err(StatementError::NotStated);
        }
        if i64::from_be_bytes(expires) <= now {
            return Err(StatementError::Expired);
        }
        Ok(())
    }
}

fn parts<'a>(statement: &'a Statement<'_>, expires: &'a [u8; EXPIRY]) -> [&'a [u8]; 3] {
    [statement.purpose.as_bytes(), statement.thumbprint.as_bytes(), expires]
}

impl fmt::Debug for StatementKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StatementKey(redacted)")
    }
}

/// Why a statement is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Nobody holding this key said this about this thumbprint.
    #[error("the statement was not made by this server")]
    NotStated,
    /// It was said, and no longer counts.
    #[error("the statement has expired")]
    Expired,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;
    const ABSENT: Statement<'static> =
        Statement { purpose: "no-session-here", thumbprint: Thumbprint::from_bytes([9; 32]) };

    #[test]
    fn a_statement_is_believed_until_it_expires() {
        let key = StatementKey::new([5; 32]);
        let token = key.issue(&ABSENT, NOW + 60);
        assert_eq!(key.verify(&token, &ABSENT, NOW), Ok(()));
        assert_eq!(key.verify(&token, &ABSENT, NOW + 59), Ok(()));
        assert_eq!(key.verify(&token, &ABSENT, NOW + 60), Err(StatementError::Expired));
    }

    #[test]
    fn it_serves_no_other_purpose_key_or_server_and_cannot_be_prolonged() {
        let key = StatementKey::new([5; 32]);
        let token = key.issue(&ABSENT, NOW + 60);
        let other_purpose = Statement { purpose: "session-here", ..ABSENT };
        let other_key = Statement { thumbprint: Thumbprint::from_bytes([8; 32]), ..ABSENT };
        assert_eq!(key.verify(&token, &other_purpose, NOW), Err(StatementError::NotStated));
        assert_eq!(key.verify(&token, &other_key, NOW), Err(StatementError::NotStated));
        let other_server = StatementKey::new([6; 32]);
        assert_eq!(other_server.verify(&token, &ABSENT, NOW), Err(StatementError::NotStated));

        let mut prolonged: [u8; EXPIRY + TAG] = array_from_base64url(&token).unwrap();
        prolonged[..EXPIRY].copy_from_slice(&(NOW + 3600).to_be_bytes());
        let prolonged = to_base64url(&prolonged);
        assert_eq!(key.verify(&prolonged, &ABSENT, NOW), Err(StatementError::NotStated));
        assert_eq!(key.verify("", &ABSENT, NOW), Err(StatementError::NotStated));
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", StatementKey::new([0x41; 32])), "StatementKey(redacted)");
    }
}
