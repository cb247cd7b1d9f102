//! Authenticator data, and the extension outputs in it.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::authenticator_data(input));
