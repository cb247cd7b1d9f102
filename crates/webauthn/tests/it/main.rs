//! The relying party against software authenticators and the specification's own test vectors.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say so and stop")]

mod assertion;
mod differential;
mod evidence;
mod extensions;
mod flipped_bits;
mod options;
mod packed;
mod properties;
mod registration;
mod support;
mod vectors;
