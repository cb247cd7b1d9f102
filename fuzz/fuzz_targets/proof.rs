//! The proof on a request (rule 7).

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_proof::fuzzing::proof(input));
