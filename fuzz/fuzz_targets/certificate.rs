//! X.509: what is asked of a certificate, and chains.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_webauthn::fuzzing::certificate(input));
