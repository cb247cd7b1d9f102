//! No bit of what was signed can change: each is flipped alone, and nothing verifies.
//!
//! An attestation statement that carries certificates may verify under a changed one; then it
//! leads to no root.

use std::ops::Range;

use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::Value;

use crate::statements::{FIDO_U2F, STATEMENTS, vouched};
use crate::support::*;

/// The response with each bit of a base64url member flipped in turn, and which bit that is.
fn flipped(response: &Value, member: &'static str) -> impl Iterator<Item = (usize, Value)> {
    let bits = decode(response["response"][member].as_str().unwrap()).len() * 8;
    (0..bits).map(move |bit| {
        let mut response = response.clone();
        edit(&mut response, member, |bytes| bytes[bit / 8] ^= 1 << (bit % 8));
        (bit, response)
    })
}

#[test]
fn no_bit_of_an_assertion() {
    for (algorithm, soft) in ALGORITHMS {
        let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
        let registered = registered(&mut key);
        let response = get(&mut key);
        assert!(assert_by(response.clone(), &registered).is_ok());
        for member in ["clientDataJSON", "authenticatorData", "signature"] {
            for (bit, response) in flipped(&response, member) {
                let verdict = assert_by(response, &registered);
                assert!(verdict.is_err(), "{algorithm:?} {member} bit {bit}");
            }
        }
    }
}

/// Where in an attestation object the flags and the counter are, which U2F does not sign.
fn flags_and_counter(response: &Value) -> Range<usize> {
    let object = decode(response["response"]["attestationObject"].as_str().unwrap());
    let name = b"\x68authData\x58";
    let name_at = object.windows(name.len()).rposition(|window| window == name).unwrap();
    // One byte for the length, and 32 for the RP ID's hash.
    let flags = name_at + name.len() + 1 + 32;
    flags..flags + 5
}

#[test]
fn no_bit_of_an_attested_registration() {
    for statement in &STATEMENTS {
        for soft in statement.algorithms {
            let name = statement.name;
            let response = create(&mut statement.authenticator(*soft));
            let whole = vouched(response.clone());
            assert!(whole > 0, "{name} {soft:?}");
            let unsigned = match name {
                FIDO_U2F => flags_and_counter(&response),
                _ => 0..0,
            };
            for member in ["clientDataJSON", "attestationObject"] {
                for (bit, response) in flipped(&response, member) {
                    if member == "attestationObject" && unsigned.contains(&(bit / 8)) {
                        continue;
                    }
                    assert!(vouched(response) < whole, "{name} {soft:?} {member} bit {bit}");
                }
            }
        }
    }
}
