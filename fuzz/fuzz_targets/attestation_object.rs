//! Attestation objects, and the statement of every format in them.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::attestation_object(input));
