//! Files encrypted to public keys: the [age format](https://c2sp.org/age), version 1, with X25519
//! recipients, on aws-lc.
//!
//! What it makes, `age -d` opens; keys come from `age-keygen`. What `age` makes for X25519 recipients
//! opens here, and stanzas of other kinds are passed over, as the format asks. There are no passphrases,
//! no SSH keys, no plugins and no armor.
//!
//! The file says nothing about who made it: whoever has the recipient's public key can make one.

#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod header;
mod key;
mod keys_of_file;
mod open;
mod seal;
mod stream;

pub use header::HeaderError;
pub use key::{Identity, KeyTextError, Recipient};
pub use open::{OpenError, Opened, open};
pub use seal::{SealError, Sealing, seal};
