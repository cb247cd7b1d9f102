//! Statements that are spoilt, in one way each.

use firstkey_testkit::authenticator::{Algorithm as Soft, Sabotage, TestAuthority};
use firstkey_webauthn::{AttestationError, CborError, TpmError, TpmPolicy};

use super::{Pc, refused};
use crate::support::*;

type Edit = fn(&mut Vec<u8>);

/// Why a statement spoilt like this is refused.
fn spoilt(credential: Soft, sabotage: Sabotage) -> AttestationError {
    let mut root = TestAuthority::new(1);
    let aik = root.aik(AAGUID, Soft::Es256);
    let pc = Pc { credential, sabotage: Some(sabotage), ..Pc::new(aik) };
    refused(pc.register(&root, TpmPolicy::STRICT, now()))
}

#[test]
fn the_public_area_must_be_the_credentials_key() {
    use Sabotage::PubArea;
    // type 0, nameAlg 2, attributes 4, policy 8, symmetric 10, scheme 12; then
    // RSA: keyBits 14, exponent 16, modulus 20; ECC: curve 14, kdf 16, x 18, y 52.
    let cases: [(Soft, Edit, TpmError); 22] = [
        // the curve's number alone is not enough
        (Soft::Es384, |area| area[15] = 0x03, TpmError::Curve),
        (Soft::Es512, |area| area[25] ^= 1, TpmError::PublicKey),
        (
            Soft::Ps256,
            |area| {
                area.splice(12..14, [0x00, 0x14, 0x00, 0x0b]);
            },
            TpmError::Scheme,
        ),
        // another point, another modulus
        (Soft::Es256, |area| area[20] ^= 1, TpmError::PublicKey),
        (Soft::Es256, |area| area[85] ^= 1, TpmError::PublicKey),
        (Soft::Rs256, |area| area[200] ^= 1, TpmError::PublicKey),
        // another curve, another size, another exponent, another kind of key
        (Soft::Es256, |area| area[15] = 0x04, TpmError::Curve),
        (Soft::Es256, |area| area[15] = 0x20, TpmError::Curve),
        (Soft::Rs256, |area| area[14] = 0x0c, TpmError::RsaParameters),
        (Soft::Rs256, |area| area[19] = 3, TpmError::RsaParameters),
        (
            Soft::Es256,
            |area| {
                area[1] = 0x01;
                area.splice(14.., [0x01, 0x00, 0, 0, 0, 0, 0, 1, 0xff]);
            },
            TpmError::KeyType,
        ),
        // a key that is bound to other schemes: ECDSA with SHA-512, RSAPSS, a key for encryption
        (
            Soft::Es256,
            |area| {
                area.splice(12..14, [0x00, 0x18, 0x00, 0x0d]);
            },
            TpmError::Scheme,
        ),
        (
            Soft::Rs256,
            |area| {
                area.splice(12..14, [0x00, 0x16, 0x00, 0x0b]);
            },
            TpmError::Scheme,
        ),
        (Soft::Rs256, |area| area[13] = 0x15, TpmError::PubArea),
        // a storage key
        (
            Soft::Es256,
            |area| {
                area.splice(10..12, [0x00, 0x06, 0x00, 0x80, 0x00, 0x43]);
            },
            TpmError::PubArea,
        ),
        // neither RSA nor ECC; a key derivation; one byte too few, one too many, and none at all
        (Soft::Es256, |area| area[1] = 0x08, TpmError::PubArea),
        (Soft::Es256, |area| area[17] = 0x20, TpmError::PubArea),
        (
            Soft::Es256,
            |area| {
                area.pop();
            },
            TpmError::PubArea,
        ),
        (Soft::Es256, |area| area.push(0), TpmError::PubArea),
        (Soft::Rs256, |area| area.push(0), TpmError::PubArea),
        (Soft::Es256, Vec::clear, TpmError::PubArea),
        // a length that points beyond the end
        (Soft::Es256, |area| area[8] = 0xff, TpmError::PubArea),
    ];
    for (index, (credential, edit, error)) in cases.into_iter().enumerate() {
        assert_eq!(spoilt(credential, PubArea(edit)), error.into(), "case {index}");
    }
}

#[test]
fn a_public_area_may_say_the_same_in_other_words() {
    let cases: [(Soft, Edit); 7] = [
        (Soft::Ps256, |area| {
            area.splice(12..14, [0x00, 0x16, 0x00, 0x0b]);
        }),
        (Soft::Es384, |area| {
            area.splice(12..14, [0x00, 0x18, 0x00, 0x0c]);
        }),
        (Soft::Es512, |area| {
            area.splice(12..14, [0x00, 0x18, 0x00, 0x0d]);
        }),
        // 65537 written out, and the scheme that the algorithm has
        (Soft::Rs256, |area| {
            area.splice(16..20, [0x00, 0x01, 0x00, 0x01]);
        }),
        (Soft::Rs256, |area| {
            area.splice(12..14, [0x00, 0x14, 0x00, 0x0b]);
        }),
        (Soft::Es256, |area| {
            area.splice(12..14, [0x00, 0x18, 0x00, 0x0b]);
        }),
        // a leading zero, as it would be left out
        (Soft::Es256, |area| {
            area.splice(18..20, [0x00, 0x21, 0x00]);
        }),
    ];
    for (credential, edit) in cases {
        let mut root = TestAuthority::new(1);
        let aik = root.aik(AAGUID, Soft::Es256);
        let pc = Pc { credential, sabotage: Some(Sabotage::PubArea(edit)), ..Pc::new(aik) };
        assert!(pc.register(&root, TpmPolicy::STRICT, now()).is_ok());
    }
}

#[test]
fn what_the_tpm_certified_must_be_this_key_in_this_ceremony() {
    use Sabotage::CertInfo;
    // magic 0, type 4, qualifiedSigner 6, extraData 42, clockInfo 76, firmwareVersion 93,
    // name 101, qualifiedName 137.
    let cases: [(Edit, TpmError); 15] = [
        (|info| info[0] = 0x00, TpmError::Magic),
        (|info| info[3] ^= 1, TpmError::Magic),
        // TPM_ST_ATTEST_QUOTE, TPM_ST_ATTEST_CREATION
        (|info| info[5] = 0x18, TpmError::Type),
        (|info| info[5] = 0x1a, TpmError::Type),
        (|info| info[44] ^= 1, TpmError::ExtraData),
        (
            |info| {
                info.splice(42..76, [0, 0]);
            },
            TpmError::ExtraData,
        ),
        (|info| info[136] ^= 1, TpmError::Name),
        // the same digest under another hash algorithm's number
        (|info| info[104] = 0x0c, TpmError::Name),
        (
            |info| {
                info.splice(101..137, [0, 0]);
            },
            TpmError::Name,
        ),
        // cut short, one byte more, nothing, only the beginning
        (
            |info| {
                info.pop();
            },
            TpmError::CertInfo,
        ),
        (|info| info.truncate(100), TpmError::CertInfo),
        (|info| info.push(0), TpmError::CertInfo),
        (Vec::clear, TpmError::CertInfo),
        (|info| info.truncate(5), TpmError::CertInfo),
        // a length that points beyond the end
        (|info| info[6] = 0xff, TpmError::CertInfo),
    ];
    for (index, (edit, error)) in cases.into_iter().enumerate() {
        assert_eq!(spoilt(Soft::Es256, CertInfo(edit)), error.into(), "case {index}");
    }
}

#[test]
fn names_are_made_with_strong_hash_functions() {
    let sha1 = Sabotage::PubArea(|area| area[3] = 0x04);
    assert_eq!(spoilt(Soft::Es256, sha1), TpmError::NameAlgorithm(0x0004).into());
}

#[test]
fn a_public_area_swapped_after_certification_is_noticed() {
    // The attributes are changed to those of a key that can leave the TPM.
    let swapped = Sabotage::Statement(|statement| {
        let area = statement.windows(7).position(|window| window == b"pubArea").unwrap();
        statement[area + 7 + 2 + 7] = 0x40;
    });
    assert_eq!(spoilt(Soft::Es256, swapped), TpmError::Name.into());
}

#[test]
fn a_statement_is_of_tpm_2_and_whole() {
    use AttestationError::{Cbor, Shape, UnsupportedAlgorithm};
    use Sabotage::Statement;
    let older = Statement(|statement| {
        let version = statement.windows(4).position(|window| window == b"\x632.0").unwrap();
        statement[version + 1..version + 4].copy_from_slice(b"1.2");
    });
    assert_eq!(spoilt(Soft::Es256, older), TpmError::Version.into());
    let unchained = Statement(|statement| {
        let chain = statement.windows(4).position(|window| window == b"\x63x5c").unwrap();
        let area = statement.windows(8).position(|window| window == b"\x67pubArea").unwrap();
        statement.splice(chain..area, []);
        statement[0] = 0xa5;
    });
    assert_eq!(spoilt(Soft::Es256, unchained), Shape);
    let nobody = Statement(|statement| {
        let chain = statement.windows(4).position(|window| window == b"\x63x5c").unwrap();
        let area = statement.windows(8).position(|window| window == b"\x67pubArea").unwrap();
        statement.splice(chain + 4..area, [0x80]);
    });
    assert_eq!(spoilt(Soft::Es256, nobody), Shape);
    let more = Statement(|statement| {
        statement[0] = 0xa7;
        statement.extend(b"\x69zzzzzzzzz\x00");
    });
    assert_eq!(spoilt(Soft::Es256, more), Shape);
    let ed25519 = Statement(|statement| statement[5] = 0x27);
    assert_eq!(spoilt(Soft::Es256, ed25519), UnsupportedAlgorithm(-8));
    let strange = Statement(|statement| statement[5] = 0x05);
    assert_eq!(spoilt(Soft::Es256, strange), UnsupportedAlgorithm(5));
    let rs256 = Statement(|statement| {
        statement.splice(5..6, [0x39, 0x01, 0x00]);
    });
    assert_eq!(spoilt(Soft::Es256, rs256), AttestationError::Signature);
    assert_eq!(spoilt(Soft::Es256, Sabotage::Signature), AttestationError::Signature);
    let array = Statement(|statement| *statement = vec![0x80]);
    assert_eq!(spoilt(Soft::Es256, array), Cbor(CborError::UnexpectedType));
}
