//! What a TPM writes: `certInfo` and `pubArea`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::tpm(input));
