//! A row of the log that somebody may have edited.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_domain::fuzzing::event(input));
