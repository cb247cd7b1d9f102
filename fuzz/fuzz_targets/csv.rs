//! A file that says who joins.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| firstkey_connectors::csv::fuzzing::file(input));
