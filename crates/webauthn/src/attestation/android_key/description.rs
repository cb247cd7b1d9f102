//! The key description, an extension of the certificate
//! (<https://source.android.com/docs/security/features/keystore/attestation#schema>).

use x509_cert::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use x509_cert::der::{Decode, Reader, SliceReader, Tag, TagNumber};

use super::{Boot, BootState, SecurityLevel};

/// Its identifier (<https://www.w3.org/TR/webauthn-3/#sctn-key-attstn-cert-requirements>).
pub(super) const KEY_DESCRIPTION: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11129.2.1.17");

/// The key was generated inside and never seen outside.
pub(super) const KM_ORIGIN_GENERATED: u32 = 0;
/// The key signs.
pub(super) const KM_PURPOSE_SIGN: u32 = 2;

const PURPOSE: TagNumber = TagNumber(1);
const ALL_APPLICATIONS: TagNumber = TagNumber(600);
const ORIGIN: TagNumber = TagNumber(702);
const ROOT_OF_TRUST: TagNumber = TagNumber(704);
const OS_PATCH_LEVEL: TagNumber = TagNumber(706);

/// More purposes than there are.
const MAX_PURPOSES: usize = 16;

/// What the key store says of a key, as far as WebAuthn asks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct KeyDescription<'a> {
    pub(super) attested_by: SecurityLevel,
    pub(super) kept_by: SecurityLevel,
    pub(super) challenge: &'a [u8],
    pub(super) software: AuthorizationList,
    pub(super) hardware: AuthorizationList,
}

/// Who may do what with the key, as far as WebAuthn asks; there are some thirty other fields, and
/// each version of Android adds more.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct AuthorizationList {
    pub(super) purposes: Option<Vec<u32>>,
    pub(super) all_applications: bool,
    pub(super) origin: Option<u32>,
    /// What WebAuthn does not ask for may be unreadable without harm; then it is not there.
    pub(super) boot: Option<Boot>,
    pub(super) patch_level: Option<u32>,
}

/// Not the DER that was expected.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

impl From<x509_cert::der::Error> for Malformed {
    fn from(_: x509_cert::der::Error) -> Self {
        Self
    }
}

impl<'a> KeyDescription<'a> {
    pub(super) fn from_der(der: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = SliceReader::new(der)?;
        let description = reader.sequence(|fields| {
            let _attestation_version = u32::decode(fields)?;
            let attested_by = security_level(fields)?;
            let _key_mint_version = u32::decode(fields)?;
            let kept_by = security_level(fields)?;
            let challenge = <&OctetStringRef>::decode(fields)?.as_bytes();
            let _unique_id = <&OctetStringRef>::decode(fields)?;
            let software = authorization_list(fields)?;
            let hardware = authorization_list(fields)?;
            Ok::<_, Malformed>(Self { attested_by, kept_by, challenge, software, hardware })
        })?;
        reader.finish()?;
        Ok(description)
    }
}

fn security_level(fields: &mut SliceReader<'_>) -> Result<SecurityLevel, Malformed> {
    let level = AnyRef::decode(fields)?;
    match (level.header().tag(), level.value()) {
        (Tag::Enumerated, [0]) => Ok(SecurityLevel::Software),
        (Tag::Enumerated, [1]) => Ok(SecurityLevel::TrustedEnvironment),
        (Tag::Enumerated, [2]) => Ok(SecurityLevel::StrongBox),
        _ => Err(Malformed),
    }
}

fn authorization_list(fields: &mut SliceReader<'_>) -> Result<AuthorizationList, Malformed> {
    let mut list = AuthorizationList::default();
    let mut last = None;
    fields.sequence(|entries| {
        while !entries.is_finished() {
            let entry = AnyRef::decode(entries)?;
            let Tag::ContextSpecific { constructed: true, number } = entry.header().tag() else {
                return Err(Malformed);
            };
            // The order of the schema, which also rules out that a field comes twice.
            if last.is_some_and(|last| last >= number) {
                return Err(Malformed);
            }
            last = Some(number);
            match number {
                PURPOSE => list.purposes = Some(purposes(entry.value())?),
                ALL_APPLICATIONS => list.all_applications = true,
                ORIGIN => list.origin = Some(u32::from_der(entry.value())?),
                ROOT_OF_TRUST => list.boot = root_of_trust(entry.value()).ok(),
                OS_PATCH_LEVEL => list.patch_level = u32::from_der(entry.value()).ok(),
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(list)
}

/// `SEQUENCE { verifiedBootKey, deviceLocked, verifiedBootState, verifiedBootHash }`, the last of
/// which older versions lack.
fn root_of_trust(der: &[u8]) -> Result<Boot, Malformed> {
    let mut reader = SliceReader::new(der)?;
    let boot = reader.sequence(|fields| {
        let _verified_boot_key = <&OctetStringRef>::decode(fields)?;
        let locked = bool::decode(fields)?;
        let state = AnyRef::decode(fields)?;
        let state = match (state.header().tag(), state.value()) {
            (Tag::Enumerated, [0]) => BootState::Verified,
            (Tag::Enumerated, [1]) => BootState::SelfSigned,
            (Tag::Enumerated, [2]) => BootState::Unverified,
            (Tag::Enumerated, [3]) => BootState::Failed,
            _ => return Err(Malformed),
        };
        if !fields.is_finished() {
            let _verified_boot_hash = <&OctetStringRef>::decode(fields)?;
        }
        Ok(Boot { locked, state })
    })?;
    reader.finish()?;
    Ok(boot)
}

/// `SET OF INTEGER`
fn purposes(der: &[u8]) -> Result<Vec<u32>, Malformed> {
    let set = AnyRef::from_der(der)?;
    if set.header().tag() != Tag::Set {
        return Err(Malformed);
    }
    let mut reader = SliceReader::new(set.value())?;
    let mut purposes = Vec::new();
    while !reader.is_finished() {
        if purposes.len() == MAX_PURPOSES {
            return Err(Malformed);
        }
        purposes.push(u32::decode(&mut reader)?);
    }
    Ok(purposes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key description that w3c/webauthn#2379 gives the specification's test vector.
    #[test]
    fn the_specifications_description_is_read() {
        let challenge = b"\xb4\x35\x02\x8d\x7b\x6a\x8f\x83\xbb\x46\x1d\x41\xc1\x9b\x05\x3a\
                          \x9d\x3c\xdb\x30\x35\x1a\x4f\x37\x4c\xd4\xcd\xe8\xdb\xef\xb6\x06";
        let before = b"\x30\x43\x02\x02\x01\x2c\x0a\x01\x00\x02\x01\x00\x0a\x01\x00\x04\x20";
        let lists = b"\x30\x00\x30\x0e\xa1\x05\x31\x03\x02\x01\x02\xbf\x85\x3e\x03\x02\x01\x00";
        let der = [&before[..], challenge, &[0x04, 0x00], lists].concat();
        let expected = KeyDescription {
            attested_by: SecurityLevel::Software,
            kept_by: SecurityLevel::Software,
            challenge,
            software: AuthorizationList::default(),
            hardware: AuthorizationList {
                purposes: Some(vec![KM_PURPOSE_SIGN]),
                origin: Some(KM_ORIGIN_GENERATED),
                ..AuthorizationList::default()
            },
        };
        assert_eq!(KeyDescription::from_der(&der), Ok(expected));
        for end in 0..der.len() {
            assert_eq!(KeyDescription::from_der(&der[..end]), Err(Malformed));
        }
    }

    #[test]
    fn more_purposes_than_there_are_do_not_fill_memory() {
        let one = [0x02, 0x01, 0x02];
        let set = |count: u8| [&[0x31, count * 3][..], &one.repeat(count.into())].concat();
        assert_eq!(purposes(&set(16)), Ok(vec![2; 16]));
        assert_eq!(purposes(&set(17)), Err(Malformed));
    }
}
