//! FIDO metadata once its signature is checked: JSON.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::metadata_payload(input));
