//! The entry point of authentication.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::assertion(input));
