//! Bodies that programs and joiners' pages send.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_web::fuzzing::body(input));
