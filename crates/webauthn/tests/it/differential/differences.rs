//! Where the two differ, and which clause decides.

/// Two verdicts, of which one is `accepted`, on responses to which one of these things was done.
pub(super) struct Difference {
    pub(super) ours: &'static str,
    pub(super) theirs: &'static str,
    pub(super) on: &'static [&'static str],
    /// What decides, an anchor in <https://www.w3.org/TR/webauthn-3/> where one does. All decide
    /// for us so far.
    pub(super) clause: &'static str,
}

impl Difference {
    pub(super) fn cases(&self) -> impl Iterator<Item = (String, String, String)> {
        assert!(!self.clause.is_empty(), "what decides?");
        let verdicts = (self.ours.to_owned(), self.theirs.to_owned());
        self.on.iter().map(move |what| ((*what).to_owned(), verdicts.0.clone(), verdicts.1.clone()))
    }
}

/// Other ways to write our origin, which a parser of URLs takes for it.
const ORIGINS: &[&str] = &[
    "https://example.org now  https://example.org",
    "https://example.org now https://EXAMPLE.org",
    "https://example.org now https://example%2eorg",
    "https://example.org now https://example.org/",
    "https://example.org now https://example.org/path",
    "https://example.org now https://example.org:443",
    "https://example.org now https://user@example.org",
    "https://example.org now https:example.org",
];

/// At registration as at sign-in.
pub(super) const IN_BOTH: &[Difference] = &[
    Difference {
        ours: "not base url without padding or too long",
        theirs: "accepted",
        on: &["rawId padded"],
        clause: "#base64url-encoding: without trailing padding",
    },
    Difference {
        ours: "unknown variant password expected public key",
        theirs: "accepted",
        on: &["type password"],
        clause: "#dom-publickeycredential-type-slot: `public-key` is the only type",
    },
    Difference {
        ours: "ClientData",
        theirs: "accepted",
        on: &[
            r#""crossOrigin":false now "crossOrigin":null"#,
            r#"false now false,"topOrigin":null"#,
        ],
        clause: "#dictionary-client-data: a boolean and a string, and a client writes no `null`",
    },
    Difference {
        ours: "StrayTopOrigin",
        theirs: "accepted",
        on: &[r#"false now false,"topOrigin":"https://evil.example""#],
        clause: "#dom-collectedclientdata-toporigin: set only if `crossOrigin` is true",
    },
    Difference {
        ours: "Origin",
        theirs: "accepted",
        on: ORIGINS,
        clause: "#sctn-validating-origin lets a relying party compare as it likes: we compare whole strings, in the form in which RFC 6454 writes origins",
    },
];

pub(super) const AT_REGISTRATION: &[Difference] = &[
    Difference {
        ours: "accepted",
        theirs: "SshPublicKeyEDUnsupported",
        on: &["EdDsa"],
        clause: "#sctn-alg-identifier: -8 with the curve Ed25519 may be asked for",
    },
    Difference {
        ours: "accepted",
        theirs: "AttestationStatementSigInvalid",
        on: &["EdDsa"],
        clause: "#sctn-alg-identifier: the same algorithm, in a certificate",
    },
    Difference {
        ours: "accepted",
        theirs: "AttestationStatementSigInvalid",
        on: &["Es512"],
        clause: "#sctn-alg-identifier: -36 with the curve P-521",
    },
    Difference {
        ours: "accepted",
        theirs: "COSEKeyInvalidType",
        on: &["Ps256"],
        clause: "#sctn-alg-identifier: what the COSE registry has, and RFC 8230 §2 has -37",
    },
    Difference {
        ours: "accepted",
        theirs: "AttestationStatementSigInvalid",
        on: &["Ps256"],
        clause: "#sctn-alg-identifier: the same algorithm, in a certificate",
    },
    Difference {
        ours: "accepted",
        theirs: "ParseJSONFailure",
        on: &["byte order mark"],
        clause: "#sctn-registering-a-new-credential, step 5: UTF-8 decode drops a byte order mark",
    },
    Difference {
        ours: "Response",
        theirs: "accepted",
        on: &["another id", "another rawId"],
        clause: "#dom-publickeycredential-rawid: `id` is `rawId` in base64url",
    },
    Difference {
        ours: "CredentialId",
        theirs: "accepted",
        on: &["another of both", "bytes"],
        clause: "#dom-publickeycredential-identifier-slot: the id is that of the attested credential data; the record of step 27 would join one credential's id to another's key",
    },
    Difference {
        ours: "Response",
        theirs: "accepted",
        on: &["script as a transport"],
        clause: "no clause: transports are shown and stored, so what is no plain word is refused",
    },
    Difference {
        ours: "invalid length expected base url without padding of at most bytes",
        theirs: "accepted",
        on: &["padded to 9000"],
        clause: "no clause: client data beyond 8192 bytes is not read",
    },
    Difference { ours: "Origin", theirs: "accepted", on: &["bytes"], clause: "the same" },
    Difference {
        ours: "AttestationObject Cbor NotCanonical",
        theirs: "accepted",
        on: &["a length in two bytes", "indefinite object"],
        clause: "#sctn-conforming-all-classes: decoders reject CBOR that is not in canonical form",
    },
    Difference {
        ours: "AttestationObject Cbor UnexpectedType",
        theirs: "accepted",
        on: &["tagged object", "bytes"],
        clause: "#sctn-conforming-all-classes: decoders reject CBOR that is not in canonical form, which has no tags; and the keys of an attestation object are text",
    },
    Difference {
        ours: "AuthenticatorData Cbor KeyOrder",
        theirs: "accepted",
        on: &["extensions out of order"],
        clause: "#sctn-conforming-all-classes: decoders reject CBOR that is not in canonical form",
    },
    Difference {
        ours: "AuthenticatorData CredentialIdLength",
        theirs: "accepted",
        on: &["an id of 15 bytes"],
        clause: "#credential-id: at least 16 bytes",
    },
    Difference {
        ours: "PublicKey Shape",
        theirs: "accepted",
        on: &["a key parameter more"],
        clause: "#sctn-attested-credential-data: no optional parameters",
    },
    Difference {
        ours: "Attestation Shape",
        theirs: "accepted",
        on: &["another statement"],
        clause: "#sctn-none-attestation: an empty map",
    },
    Difference {
        ours: "Attestation Cbor UnexpectedType",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#sctn-none-attestation: an empty map",
    },
    Difference {
        ours: "Attestation Signature",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#sctn-packed-attestation, step 2: with the algorithm that the statement names",
    },
    Difference {
        ours: "Attestation Profile subject has no ISO country",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#sctn-packed-attestation-cert-requirements",
    },
    Difference {
        ours: "Attestation Profile subject has no organization",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#sctn-packed-attestation-cert-requirements",
    },
    Difference {
        ours: "Attestation Profile subject s unit is not Authenticator Attestation",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#sctn-packed-attestation-cert-requirements",
    },
    Difference {
        ours: "Attestation Profile subject has no common name",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#sctn-packed-attestation-cert-requirements",
    },
    Difference {
        ours: "Attestation Profile the AAGUID extension is malformed",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#sctn-packed-attestation-cert-requirements: an octet string in an octet string",
    },
    Difference {
        ours: "Attestation Profile the firmware version extension is malformed",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#sctn-packed-attestation-cert-requirements: an integer that is not negative",
    },
];

pub(super) const AT_ASSERTION: &[Difference] = &[
    Difference {
        ours: "accepted",
        theirs: "ParseJSONFailure",
        on: &["byte order mark"],
        clause: "#sctn-verifying-assertion, step 8: UTF-8 decode drops a byte order mark",
    },
    Difference {
        ours: "Response",
        theirs: "accepted",
        on: &["another id"],
        clause: "#dom-publickeycredential-rawid: `id` is `rawId` in base64url",
    },
    Difference {
        ours: "UserHandle",
        theirs: "accepted",
        on: &["another's user handle"],
        clause: "#sctn-verifying-assertion, step 6: where there is a user handle, it is the account's",
    },
    Difference {
        ours: "a user handle must have to bytes not",
        theirs: "accepted",
        on: &["empty user handle"],
        clause: "#user-handle: 1 to 64 bytes",
    },
    Difference {
        ours: "invalid length expected base url without padding of at most bytes",
        theirs: "accepted",
        on: &["padded to 9000", "extensions of 1100 bytes"],
        clause: "no clause: client data beyond 8192 bytes and authenticator data beyond 1024 are not read",
    },
    Difference {
        ours: "CrossOrigin",
        theirs: "accepted",
        on: &[
            r#""crossOrigin":false now "crossOrigin":true"#,
            r#"false now true,"topOrigin":"https://evil.example""#,
            r#"false now true,"topOrigin":"https://example.org""#,
        ],
        clause: "#sctn-verifying-assertion, steps 13 and 14: only in frames that are expected",
    },
    Difference { ours: "Origin", theirs: "accepted", on: &["signed bytes"], clause: "the same" },
    Difference {
        ours: "AuthenticatorData TrailingBytes",
        theirs: "accepted",
        on: &["signed bytes"],
        clause: "#sctn-authenticator-data: 37 bytes, and what the flags announce",
    },
    Difference {
        ours: "AuthenticatorData AttestedCredential",
        theirs: "accepted",
        on: &["a new credential"],
        clause: "#sctn-authenticator-data: none in an assertion",
    },
];

pub(super) const AT_TRUST: &[Difference] = &[
    Difference {
        ours: "Untrusted",
        theirs: "accepted",
        on: &["unknown critical extension"],
        clause: "RFC 5280 §4.2: whoever does not know a critical extension rejects the certificate",
    },
    Difference {
        ours: "accepted",
        theirs: "AttestationChainNotTrusted",
        on: &["a stranger at the end", "intermediate twice"],
        clause: "RFC 5280 §6.1: a path ends at its anchor, and what is sent beyond it is no part of it",
    },
    Difference {
        ours: "AttestationObject Cbor UnexpectedType",
        theirs: "accepted",
        on: &["bytes"],
        clause: "#attestation-object: the name of the format is text",
    },
];

pub(super) const AT_STATEMENTS: &[Difference] = &[
    Difference {
        ours: "accepted",
        theirs: "COSEKeyInvalidType",
        on: &["tpm"],
        clause: "#sctn-tpm-attestation: whichever key the TPM certifies; the test vector tpm-es256 is such a one",
    },
    Difference {
        ours: "accepted",
        theirs: "CredentialInsecureCryptography",
        on: &["tpm, with SHA-1"],
        clause: "no clause: RS1 (RFC 8812 §2) is policy, here that of Windows Hello; ours refuses it unless told",
    },
    Difference {
        ours: "accepted",
        theirs: "AttestationNotSupported",
        on: &["compound"],
        clause: "#sctn-compound-attestation: a format of Level 3",
    },
    Difference {
        ours: "AttestationObject Cbor UnexpectedType",
        theirs: "accepted",
        on: &["android-key bytes", "apple bytes", "fido-u2f bytes"],
        clause: "#attestation-object: its keys are text, and so is the name of the format",
    },
    Difference {
        ours: "Attestation Certificate CertificateError",
        theirs: "accepted",
        on: &["android-key bytes", "apple bytes"],
        clause: "RFC 5280 §4.2.1.9: basic constraints are a sequence",
    },
    Difference {
        ours: "Attestation AndroidKey Malformed",
        theirs: "accepted",
        on: &["android-key bytes"],
        clause: "#sctn-key-attstn-cert-requirements: a key description of Android's schema, in DER throughout",
    },
    Difference {
        ours: "Attestation Profile the nonce extension is malformed",
        theirs: "accepted",
        on: &["apple bytes"],
        clause: "#sctn-apple-anonymous-attestation, step 4: the nonce is that of the extension, which has one shape",
    },
    Difference {
        ours: "Attestation AaguidNotZero",
        theirs: "accepted",
        on: &["fido-u2f bytes"],
        clause: "no clause here; FIDO CTAP has the client write zeros, and the signature does not cover them",
    },
];
