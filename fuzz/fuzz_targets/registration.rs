//! The entry point of registration.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::registration(input));
