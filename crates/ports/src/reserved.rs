//! The keys of reservations.
//!
//! Those that could name somebody, or that somebody would like to make, are made with a key that is not
//! in the database: a tombstone outlives what is known of a person, and whoever has the database alone
//! must not find out by guessing whose it is.

use firstkey_domain::Digest;
use jiff::Timestamp;

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

/// The key of something that may be used once before it ends, such as a challenge. The end comes first:
/// what is used in the same moments lies together, so that a burst of sign-ins writes a few pages rather
/// than one each. `ends` must follow from the thing itself, signed or sealed with it; with another end it
/// would be another thing. 24 of the digest's bytes remain, which nobody can make collide.
pub fn until(ends: Timestamp, thing: Digest) -> Digest {
    let mut key = *thing.as_bytes();
    // Since the earliest time there is: as bytes, earlier ends come before later ones.
    let since = ends.as_microsecond().abs_diff(Timestamp::MIN.as_microsecond());
    if let Some(first) = key.first_chunk_mut() {
        *first = since.to_be_bytes();
    }
    Digest::from_bytes(key)
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

    #[test]
    fn what_ends_sooner_comes_first_whatever_it_is() {
        let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
        let ends = [-62_000_000_000, -1, 0, 1, 1_800_000_000]
            .map(|second| Timestamp::from_second(second).unwrap());
        assert!(ends.is_sorted_by(|a, b| until(*a, one) < until(*b, other)));
        assert!(ends.is_sorted_by(|a, b| until(*a, other) < until(*b, one)));
        assert_ne!(until(ends[4], one), until(ends[4], other));
    }
}
