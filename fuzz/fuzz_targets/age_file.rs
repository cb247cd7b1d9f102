//! An encrypted backup, as far as age has a say in it.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_age::fuzzing::file(input));
