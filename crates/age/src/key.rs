//! X25519 keys as `age-keygen` writes them.

use std::{fmt, str::FromStr};

use aws_lc_rs::agreement::{PrivateKey, UnparsedPublicKey, X25519, agree};
use bech32::{Bech32, Hrp, primitives::decode::CheckedHrpstring};
use zeroize::Zeroizing;

const RECIPIENT: &str = "age";
const IDENTITY: &str = "age-secret-key-";

/// The text is not a key of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyTextError {
    /// It is no recipient.
    #[error("a recipient is written like age1…; `age-keygen` makes one")]
    NotARecipient,
    /// It is the secret half.
    #[error("this is the secret key; give the public one, which begins with age1")]
    SecretKey,
    /// It is no identity.
    #[error("no line of it is a secret key like AGE-SECRET-KEY-1…; `age-keygen` makes one")]
    NotAnIdentity,
}

/// The public key of somebody who is to open a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient([u8; 32]);

impl Recipient {
    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Recipient {
    type Err = KeyTextError;

    fn from_str(text: &str) -> Result<Self, KeyTextError> {
        if text.trim().to_ascii_lowercase().starts_with(IDENTITY) {
            return Err(KeyTextError::SecretKey);
        }
        let bytes = decode(text.trim(), RECIPIENT).ok_or(KeyTextError::NotARecipient)?;
        Ok(Self(*bytes))
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = bech32::encode::<Bech32>(Hrp::parse_unchecked(RECIPIENT), &self.0);
        // 32 bytes are within what bech32 takes.
        f.write_str(&text.unwrap_or_default())
    }
}

/// A secret key. Cannot be printed.
pub struct Identity(Zeroizing<[u8; 32]>);

impl Identity {
    /// Wraps 32 secret random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The first secret key in a file as `age-keygen` writes it, with its comments.
    pub fn from_file(text: &str) -> Result<Self, KeyTextError> {
        let lines = text.lines().map(str::trim);
        let mut keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        keys.find_map(|line| decode(line, IDENTITY)).map(Self).ok_or(KeyTextError::NotAnIdentity)
    }

    /// The public half; `None` when the cryptographic library does not take the key.
    pub fn recipient(&self) -> Option<Recipient> {
        let key = PrivateKey::from_private_key(&X25519, &*self.0).ok()?;
        let public = key.compute_public_key().ok()?;
        public.as_ref().try_into().ok().map(Recipient)
    }

    /// The secret shared with a public key; `None` when that has low order, of which nothing secret
    /// can be made.
    pub(crate) fn share(&self, public: &[u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
        let key = PrivateKey::from_private_key(&X25519, &*self.0).ok()?;
        let public = UnparsedPublicKey::new(&X25519, public);
        agree(&key, public, (), |secret| secret.try_into().map(Zeroizing::new).map_err(drop)).ok()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

fn decode(text: &str, prefix: &str) -> Option<Zeroizing<[u8; 32]>> {
    let checked = CheckedHrpstring::new::<Bech32>(text).ok()?;
    if !checked.hrp().to_string().eq_ignore_ascii_case(prefix) {
        return None;
    }
    let mut bytes = Zeroizing::new([0; 32]);
    let mut decoded = checked.byte_iter();
    for byte in bytes.iter_mut() {
        *byte = decoded.next()?;
    }
    decoded.next().is_none().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str =
        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    const PUBLIC: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

    #[test]
    fn keys_are_read_as_the_specification_writes_them() {
        let file = format!("# created: 2026-11-30\n# public key: {PUBLIC}\n{SECRET}\n");
        let identity = Identity::from_file(&file).unwrap();
        let recipient = identity.recipient().unwrap();
        assert_eq!(recipient.to_string(), PUBLIC);
        assert_eq!(PUBLIC.parse(), Ok(recipient));
        assert_eq!(format!("{identity:?}"), "Identity(…)");
    }

    #[test]
    fn one_wrong_letter_is_no_key() {
        for at in 4..PUBLIC.len() {
            let mut wrong = PUBLIC.to_owned();
            let letter = if &wrong[at..=at] == "q" { "p" } else { "q" };
            wrong.replace_range(at..=at, letter);
            assert_eq!(wrong.parse::<Recipient>(), Err(KeyTextError::NotARecipient), "{wrong}");
        }
        assert_eq!(SECRET.parse::<Recipient>(), Err(KeyTextError::SecretKey));
        assert!(matches!(Identity::from_file(PUBLIC), Err(KeyTextError::NotAnIdentity)));
        assert!(matches!(Identity::from_file("# nothing\n"), Err(KeyTextError::NotAnIdentity)));
    }
}
