//! The keys of reservations that could name somebody, or that somebody would like to make.
//!
//! They are made with a key that is not in the database: a tombstone outlives what is known of a
//! person, and whoever has the database alone must not find out by guessing whose it is.

use firstkey_domain::Digest;

use crate::{LogName, RowKey};

/// The key under which a user name is reserved.
pub fn user_name(key: &RowKey, user_name: &str) -> Digest {
    of(key, "reserved user name", user_name)
}

/// The key under which HR's identifier of a person is reserved.
pub fn external_id(key: &RowKey, external_id: &str) -> Digest {
    of(key, "reserved external id", external_id)
}

/// The key under which the closing of a log is reserved. Whoever can write the database cannot make it,
/// and so cannot keep a month open.
pub fn closed_log(key: &RowKey, log: LogName) -> Digest {
    of(key, "reserved closed log", &log.to_string())
}

fn of(key: &RowKey, purpose: &str, text: &str) -> Digest {
    Digest::from_bytes(key.seal(purpose, &[text.as_bytes()]).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_without_the_key_can_tell_whose_tombstone_it_is() {
        let (key, other) = (RowKey::new(&[1; 32]), RowKey::new(&[2; 32]));
        assert_eq!(user_name(&key, "ana.lopes"), user_name(&key, "ana.lopes"));
        assert_ne!(user_name(&key, "ana.lopes"), user_name(&other, "ana.lopes"));
        assert_ne!(user_name(&key, "ana.lopes"), external_id(&key, "ana.lopes"));
    }
}
