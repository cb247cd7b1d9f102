//! FIDO metadata as it is published: a signed token.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::metadata_blob(input));
