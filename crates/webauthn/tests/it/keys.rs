//! Credential public keys: the shape that each algorithm demands, one test for each demand.

use firstkey_testkit::authenticator::{Algorithm as Soft, Sabotage, SoftAuthenticator};
use firstkey_webauthn::registration::RegistrationError;
use firstkey_webauthn::{Algorithm, CborError, CoseError, CosePublicKey};

use crate::support::*;

const CURVES: [Soft; 3] = [Soft::Es256, Soft::Es384, Soft::Es512];
const RSA: [Soft; 2] = [Soft::Rs256, Soft::Ps256];

/// Where a key's `crv`, or an RSA key's modulus, begins. It follows the map's head, `kty`, `alg`
/// and its own label; `alg` takes one to three bytes.
fn after_algorithm(key: &[u8]) -> usize {
    match key[4] {
        0x38 => 7,
        0x39 => 8,
        _ => 6,
    }
}

/// Where the x of a point on a curve begins, and its length.
fn x(key: &[u8]) -> (usize, usize) {
    let at = after_algorithm(key) + 2;
    assert_eq!(key[at], 0x58);
    (at + 2, usize::from(key[at + 1]))
}

/// Registers with a key of each of `algorithms`, changed before it is sent, and expects one error.
fn refuse(algorithms: &[Soft], error: CoseError, change: fn(&mut Vec<u8>)) {
    for soft in algorithms {
        let mut key = SoftAuthenticator::new(1).with_algorithm(*soft);
        let response = create(&mut key);
        let registered = register(response, &expected()).unwrap();
        let mut bytes = registered.public_key.to_bytes();
        change(&mut bytes);
        // A stored key of the same bytes is either refused too or a point off the curve, which
        // verifies nothing.
        let message = b"anything";
        let usable = CosePublicKey::from_bytes(&bytes).is_ok_and(|key| key.verifies(message, &[]));
        assert!(!usable);

        assert_eq!(sent(*soft, change), RegistrationError::PublicKey(error), "{soft:?}");
    }
}

/// What becomes of a registration whose key is changed like this.
fn sent(soft: Soft, change: fn(&mut Vec<u8>)) -> RegistrationError {
    let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
    key.sabotage = Some(Sabotage::PublicKey(change));
    register(create(&mut key), &expected()).unwrap_err()
}

#[test]
fn every_key_has_one_stored_form() {
    for (algorithm, soft) in ALGORITHMS {
        let registered = registered(&mut SoftAuthenticator::new(1).with_algorithm(soft));
        assert_eq!(registered.public_key.algorithm(), algorithm);
        let bytes = registered.public_key.to_bytes();
        assert_eq!(CosePublicKey::from_bytes(&bytes).unwrap(), registered.public_key);
        for end in 0..bytes.len() {
            assert!(CosePublicKey::from_bytes(&bytes[..end]).is_err());
        }
    }
}

#[test]
fn a_point_must_be_on_the_curve() {
    refuse(&CURVES, CoseError::NotOnCurve, |key| {
        let (at, length) = x(key);
        key[at + length - 1] ^= 1;
    });
}

#[test]
fn the_origin_is_no_point() {
    refuse(&CURVES, CoseError::NotOnCurve, |key| {
        let (at, length) = x(key);
        key[at..at + length].fill(0);
        key[at + length + 3..].fill(0);
    });
}

#[test]
fn a_coordinate_must_be_below_the_fields_size() {
    refuse(&CURVES, CoseError::NotOnCurve, |key| {
        let (at, length) = x(key);
        key[at..at + length].fill(0xff);
    });
}

#[test]
fn an_algorithm_has_one_curve() {
    refuse(&[Soft::Es384, Soft::Es512], CoseError::NotOnCurve, |key| {
        let at = after_algorithm(key);
        key[at] = 1;
    });
    refuse(&[Soft::Es256, Soft::Es512], CoseError::NotOnCurve, |key| {
        let at = after_algorithm(key);
        key[at] = 2;
    });
    refuse(&[Soft::Es256, Soft::Es384], CoseError::NotOnCurve, |key| {
        let at = after_algorithm(key);
        key[at] = 3;
    });
    // X25519 and Ed448 for EdDSA; secp256k1 for the others.
    refuse(&[Soft::EdDsa], CoseError::NotOnCurve, |key| key[6] = 4);
    refuse(&[Soft::EdDsa], CoseError::NotOnCurve, |key| key[6] = 7);
    refuse(&CURVES, CoseError::NotOnCurve, |key| {
        let at = after_algorithm(key);
        key[at] = 8;
    });
}

#[test]
fn a_key_on_one_curve_cannot_be_called_anothers() {
    // A whole P-384 key under alg ES512 and crv P-521, and the other way round.
    refuse(&[Soft::Es384], CoseError::Shape, |key| {
        key[5] = 0x23;
        key[7] = 3;
    });
    refuse(&[Soft::Es512], CoseError::Shape, |key| {
        key[5] = 0x22;
        key[7] = 2;
    });
}

#[test]
fn an_algorithm_has_one_key_type() {
    for wrong in
        [(|key: &mut Vec<u8>| key[2] = 1) as fn(&mut Vec<u8>), |key| key[2] = 3, |key| key[2] = 4]
    {
        refuse(&CURVES, CoseError::Shape, wrong);
    }
    refuse(&[Soft::EdDsa], CoseError::Shape, |key| key[2] = 2);
    refuse(&RSA, CoseError::Shape, |key| key[2] = 2);
}

#[test]
fn coordinates_have_their_full_length() {
    // One byte less, as when a leading zero is left off, and one more.
    let shorter = |key: &mut Vec<u8>| {
        let (at, _) = x(key);
        key[at - 1] -= 1;
        key.remove(at);
    };
    let longer = |key: &mut Vec<u8>| {
        let (at, _) = x(key);
        key[at - 1] += 1;
        key.insert(at, 0);
    };
    refuse(&CURVES, CoseError::Shape, shorter);
    refuse(&CURVES, CoseError::Shape, longer);
    refuse(&CURVES, CoseError::Shape, |key| {
        let (at, length) = x(key);
        key[at + length + 2] -= 1;
        key.pop();
    });
    refuse(&[Soft::EdDsa], CoseError::Shape, |key| {
        key[9] = 31;
        key.pop();
    });
}

#[test]
fn points_are_not_compressed() {
    // y as the sign bit of RFC 9053 §7.1.1, and x with the sign in front as in SEC 1.
    for sign in [
        (|key: &mut Vec<u8>| {
            let (at, length) = x(key);
            key.truncate(at + length + 1);
            key.push(0xf4);
        }) as fn(&mut Vec<u8>),
        |key| {
            let (at, length) = x(key);
            key.truncate(at + length + 1);
            key.push(0xf5);
        },
    ] {
        refuse(&CURVES, CoseError::Cbor(CborError::UnexpectedType), sign);
    }
    refuse(&CURVES, CoseError::Shape, |key| {
        let (at, length) = x(key);
        key.truncate(at + length);
        key[0] = 0xa4;
        key[at - 1] += 1;
        key.insert(at, 2);
    });
}

#[test]
fn no_parameter_may_be_missing_or_added() {
    refuse(&CURVES, CoseError::Shape, |key| {
        let (at, length) = x(key);
        key.truncate(at + length);
        key[0] = 0xa4;
    });
    // -4, which canonical order allows after the others: the private key.
    refuse(&CURVES, CoseError::Shape, |key| {
        key[0] = 0xa6;
        key.extend([0x23, 0x41, 0x00]);
    });
    refuse(&[Soft::EdDsa], CoseError::Shape, |key| {
        key[0] = 0xa5;
        key.extend([0x23, 0x41, 0x00]);
    });
    refuse(&RSA, CoseError::Shape, |key| {
        key[0] = 0xa5;
        key.extend([0x22, 0x41, 0x00]);
    });
}

#[test]
fn other_algorithms_are_refused_by_number() {
    // ESP256, Ed25519, ESP384, ESP512, Ed448, ES256K, PS384, RS384, RS1: what is fully specified
    // is not what we offered, and the others are not supported at all.
    for id in [-9_i64, -19, -51, -52, -53, -47, -38, -258, -65535] {
        let argument = u64::try_from(-1 - id).unwrap().to_be_bytes();
        let alg = match argument {
            [.., 0, low @ 0..24] => vec![0x20 | low],
            [.., 0, low] => vec![0x38, low],
            [.., high, low] => vec![0x39, high, low],
        };
        let mut key = registered(&mut SoftAuthenticator::new(1)).public_key.to_bytes();
        key.splice(4..5, alg);
        assert_eq!(CosePublicKey::from_bytes(&key), Err(CoseError::UnsupportedAlgorithm(id)));
        assert_eq!(Algorithm::from_cose_id(id), None);
    }
    assert_eq!(
        sent(Soft::Es256, |key| key[4] = 0x28),
        RegistrationError::PublicKey(CoseError::UnsupportedAlgorithm(-9))
    );
}

#[test]
fn what_was_not_offered_is_refused_although_it_could_be_verified() {
    for (algorithm, soft) in ALGORITHMS {
        let mut expected = expected();
        expected.algorithms = Algorithm::OFFERED;
        let response = create(&mut SoftAuthenticator::new(1).with_algorithm(soft));
        let result = register(response, &expected).map(drop);
        if Algorithm::OFFERED.contains(&algorithm) {
            assert_eq!(result, Ok(()));
        } else {
            assert_eq!(result, Err(RegistrationError::Algorithm));
        }
    }
}

#[test]
fn an_rsa_key_signs_with_one_padding_only() {
    for (soft, other) in [(Soft::Rs256, Soft::Ps256), (Soft::Ps256, Soft::Rs256)] {
        let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
        let mut registered = registered(&mut key);
        let response = get(&mut key);
        assert!(assert_by(response.clone(), &registered).is_ok());

        let [from, to] = [soft, other].map(|soft| match soft {
            Soft::Ps256 => vec![0x38, 0x24],
            _ => vec![0x39, 0x01, 0x00],
        });
        let mut bytes = registered.public_key.to_bytes();
        bytes.splice(4..4 + from.len(), to);
        registered.public_key = CosePublicKey::from_bytes(&bytes).unwrap();
        assert_eq!(
            assert_by(response, &registered).unwrap_err(),
            firstkey_webauthn::authentication::AssertionError::Signature
        );
    }
}

#[test]
fn rsa_keys_have_an_odd_modulus_of_2048_to_4096_bits_and_a_common_exponent() {
    for alg in [&[0x39, 0x01, 0x00][..], &[0x38, 0x24]] {
        let key = |modulus: &[u8], exponent: &[u8]| {
            let [.., high, low] = modulus.len().to_be_bytes();
            let length = 0x40 | u8::try_from(exponent.len()).unwrap();
            let before = [&[0xa4, 0x01, 0x03, 0x03], alg, &[0x20, 0x59, high, low]].concat();
            [&before, modulus, &[0x21, length], exponent].concat()
        };
        let modulus = |bytes: usize, first: u8| [&[first][..], &vec![0xff; bytes - 1]].concat();
        let read = |modulus: &[u8], exponent: &[u8]| {
            let bytes = key(modulus, exponent);
            CosePublicKey::from_bytes(&bytes).map(|key| assert_eq!(key.to_bytes(), bytes))
        };
        assert_eq!(read(&modulus(256, 0x80), &[1, 0, 1]), Ok(()));
        assert_eq!(read(&modulus(512, 0xff), &[1, 0, 0, 1]), Ok(()));
        assert_eq!(read(&modulus(256, 0x7f), &[1, 0, 1]), Err(CoseError::ModulusSize));
        assert_eq!(read(&modulus(513, 0x01), &[1, 0, 1]), Err(CoseError::ModulusSize));
        assert_eq!(read(&modulus(257, 0x00), &[1, 0, 1]), Err(CoseError::Shape));
        let mut even = modulus(256, 0x80);
        even[255] = 0xfe;
        assert_eq!(read(&even, &[1, 0, 1]), Err(CoseError::EvenModulus));
        for exponent in [&[3][..], &[1, 0, 0], &[1, 0, 2], &[0, 1, 0, 1], &[1, 0, 0, 0, 1], &[]] {
            let found = read(&modulus(256, 0x80), exponent);
            assert_eq!(found, Err(CoseError::Exponent), "{exponent:?}");
        }
    }
}

#[test]
fn rsa_keys_outside_the_sizes_are_refused_in_a_registration_too() {
    // 2040 bits: the first byte and the length are changed; and an exponent of three.
    refuse(&RSA, CoseError::ModulusSize, |key| {
        let at = after_algorithm(key);
        assert_eq!(key[at..at + 3], [0x59, 0x01, 0x00]);
        key.splice(at..at + 5, [0x58, 0xff, 0x80]);
    });
    refuse(&RSA, CoseError::Exponent, |key| {
        key.truncate(key.len() - 4);
        key.extend([0x41, 0x03]);
    });
}
