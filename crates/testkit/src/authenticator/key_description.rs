//! What Android says of a key
//! (<https://source.android.com/docs/security/features/keystore/attestation#schema>).

use super::der::{explicit, tlv};

const BOOLEAN: u8 = 0x01;
const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const NULL: u8 = 0x05;
const ENUMERATED: u8 = 0x0a;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;

/// The key description in a certificate of Android's key store.
#[derive(Debug, Clone)]
pub struct KeyDescription {
    /// What made the statement: 0 software, 1 trusted environment, 2 a chip of its own.
    pub attested_by: u8,
    /// What keeps the key.
    pub kept_by: u8,
    /// The challenge, when it is not the hash of the client data.
    pub challenge: Option<Vec<u8>>,
    /// What Android itself sees to.
    pub software: AuthorizationList,
    /// What the hardware sees to.
    pub hardware: AuthorizationList,
}

/// Who may do what with a key.
#[derive(Debug, Clone, Default)]
pub struct AuthorizationList {
    /// What it may be used for; 2 is signing.
    pub purposes: Option<Vec<u8>>,
    /// Whether every app may.
    pub all_applications: bool,
    /// Where it comes from; 0 is the key store.
    pub origin: Option<u8>,
    /// Whether the bootloader is locked, and who signed the system; 0 is the device's maker.
    pub boot: Option<(bool, u8)>,
}

impl KeyDescription {
    /// As today's phones write it: everything that matters is in the hardware's list.
    pub fn hardware() -> Self {
        Self {
            attested_by: 1,
            kept_by: 1,
            challenge: None,
            software: AuthorizationList::default(),
            hardware: AuthorizationList {
                purposes: Some(vec![2]),
                all_applications: false,
                origin: Some(0),
                boot: Some((true, 0)),
            },
        }
    }

    /// As a phone without secure hardware writes it.
    pub fn software() -> Self {
        let Self { software, hardware, .. } = Self::hardware();
        Self { attested_by: 0, kept_by: 0, challenge: None, software: hardware, hardware: software }
    }

    pub(super) fn encode(&self, hash: &[u8]) -> Vec<u8> {
        let challenge = self.challenge.as_deref().unwrap_or(hash);
        let fields = [
            tlv(INTEGER, &[0x01, 0x2c]),
            tlv(ENUMERATED, &[self.attested_by]),
            tlv(INTEGER, &[0x01, 0x2c]),
            tlv(ENUMERATED, &[self.kept_by]),
            tlv(OCTET_STRING, challenge),
            tlv(OCTET_STRING, &[]),
            self.software.encode(),
            self.hardware.encode(),
        ];
        tlv(SEQUENCE, &fields.concat())
    }
}

impl AuthorizationList {
    fn encode(&self) -> Vec<u8> {
        let integer = |value: u8| tlv(INTEGER, &[value]);
        let mut fields = Vec::new();
        if let Some(purposes) = &self.purposes {
            let purposes: Vec<_> = purposes.iter().map(|purpose| integer(*purpose)).collect();
            fields.extend(explicit(1, &tlv(SET, &purposes.concat())));
            // algorithm, keySize, digest and ecCurve stand by the purpose.
            fields.extend(explicit(2, &integer(3)));
            fields.extend(explicit(3, &tlv(INTEGER, &[0x01, 0x00])));
            fields.extend(explicit(5, &tlv(SET, &integer(4))));
            fields.extend(explicit(10, &integer(1)));
            // noAuthRequired
            fields.extend(explicit(503, &tlv(NULL, &[])));
        }
        if self.all_applications {
            fields.extend(explicit(600, &tlv(NULL, &[])));
        }
        // creationDateTime
        fields.extend(explicit(701, &tlv(INTEGER, &[0x01, 0x94, 0x70, 0x77, 0x38, 0xa2])));
        if let Some(origin) = self.origin {
            fields.extend(explicit(702, &integer(origin)));
        }
        if let Some((locked, state)) = self.boot {
            let root_of_trust = [
                tlv(OCTET_STRING, &[0x0b; 32]),
                tlv(BOOLEAN, &[if locked { 0xff } else { 0x00 }]),
                tlv(ENUMERATED, &[state]),
                tlv(OCTET_STRING, &[0x0c; 32]),
            ];
            fields.extend(explicit(704, &tlv(SEQUENCE, &root_of_trust.concat())));
            // osVersion 150000, osPatchLevel 202501
            fields.extend(explicit(705, &tlv(INTEGER, &[0x02, 0x49, 0xf0])));
            fields.extend(explicit(706, &tlv(INTEGER, &[0x03, 0x17, 0x05])));
        }
        tlv(SEQUENCE, &fields)
    }
}
