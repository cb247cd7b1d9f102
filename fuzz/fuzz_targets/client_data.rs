//! What the browser says it did.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::client_data(input));
