//! The relying party against software authenticators and the specification's own test vectors.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say so and stop")]

mod android_key;
mod apple;
mod assertion;
mod attested;
mod compound;
mod differential;
mod enterprise;
mod evidence;
mod extensions;
mod fido_u2f;
mod flipped_bits;
mod key_stores;
mod keys;
mod metadata;
mod options;
mod packed;
mod properties;
mod registration;
mod statements;
mod support;
mod tpm;
mod vectors;
