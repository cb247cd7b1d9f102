//! Step 1: what `navigator.credentials.create()` is asked for.

use serde::Serialize;

use crate::cose::Algorithm;
use crate::extensions::{CreationPrf, PrfInput};
use crate::ids::{Challenge, UserHandle};
use crate::relying_party::RelyingParty;
use crate::vocabulary::{
    Descriptor, Hint, Mediated, Mediation, PublicKeyType, Timeout, UserVerification,
};

/// The account for which a credential is made
/// (<https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialuserentityjson>).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User<'a> {
    /// Names the account to us; comes back in every assertion. Not personal data.
    pub id: &'a UserHandle,
    /// What tells accounts apart, such as a user name or address.
    pub name: &'a str,
    /// What the person is called.
    pub display_name: &'a str,
}

/// Whether the authenticator should prove its model
/// (<https://www.w3.org/TR/webauthn-3/#enumdef-attestationconveyancepreference>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Conveyance {
    /// Not needed.
    None,
    /// Wanted as the authenticator made it.
    Direct,
    /// Wanted with what identifies this one authenticator, in organizations that hand out and
    /// count their authenticators. Clients and authenticators grant it only to relying parties
    /// that they are configured for, and otherwise do as for [`Self::Direct`]. What comes of it is
    /// [`Facts::serial_number`](crate::Facts::serial_number).
    Enterprise,
}

/// Restricts a registration to one kind of authenticator
/// (<https://www.w3.org/TR/webauthn-3/#enumdef-authenticatorattachment>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attachment {
    /// Built into the device in use.
    Platform,
    /// Attached to it, or nearby.
    CrossPlatform,
}

/// Options for creating a credential, to be serialised for
/// `PublicKeyCredential.parseCreationOptionsFromJSON()`
/// (<https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialcreationoptionsjson>).
///
/// They always ask for a discoverable credential, with the `credProps` extension so that the
/// client says whether it became one, and, unless told otherwise, for user verification.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options<'a> {
    rp: Entity<'a>,
    user: User<'a>,
    challenge: Challenge,
    pub_key_cred_params: Vec<Parameters>,
    timeout: Timeout,
    exclude_credentials: &'a [Descriptor],
    authenticator_selection: Selection,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    hints: &'a [Hint],
    attestation: Conveyance,
    extensions: Extensions<'a>,
}

#[derive(Debug, Clone, Serialize)]
struct Entity<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Debug, Clone, Serialize)]
struct Parameters {
    #[serde(rename = "type")]
    kind: PublicKeyType,
    alg: Algorithm,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    #[serde(skip_serializing_if = "Option::is_none")]
    authenticator_attachment: Option<Attachment>,
    resident_key: &'static str,
    /// For Level 1 clients, which know no `residentKey`.
    require_resident_key: bool,
    user_verification: UserVerification,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions<'a> {
    cred_props: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    prf: Option<CreationPrf<'a>>,
}

impl<'a> Options<'a> {
    /// Options with the algorithms of [`Algorithm::OFFERED`], required user verification, five
    /// minutes, and no attestation.
    pub fn new(relying_party: &'a RelyingParty, user: User<'a>, challenge: Challenge) -> Self {
        Self {
            rp: Entity { id: relying_party.id(), name: relying_party.name() },
            user,
            challenge,
            pub_key_cred_params: parameters(Algorithm::OFFERED),
            timeout: Timeout::default(),
            exclude_credentials: &[],
            authenticator_selection: Selection {
                authenticator_attachment: None,
                resident_key: "required",
                require_resident_key: true,
                user_verification: UserVerification::Required,
            },
            hints: &[],
            attestation: Conveyance::None,
            extensions: Extensions { cred_props: true, prf: None },
        }
    }

    /// The algorithms to offer, best first. Pass the same to [`super::Expected`].
    #[must_use]
    pub fn algorithms(mut self, algorithms: &[Algorithm]) -> Self {
        self.pub_key_cred_params = parameters(algorithms);
        self
    }

    /// How long the client may take.
    #[must_use]
    pub fn timeout(mut self, timeout: Timeout) -> Self {
        self.timeout = timeout;
        self
    }

    /// Credentials of this user. An authenticator that holds one declines; without this it would
    /// silently replace its credential for the account.
    #[must_use]
    pub fn exclude(mut self, credentials: &'a [Descriptor]) -> Self {
        self.exclude_credentials = credentials;
        self
    }

    /// Accepts only one kind of authenticator.
    #[must_use]
    pub fn attachment(mut self, attachment: Attachment) -> Self {
        self.authenticator_selection.authenticator_attachment = Some(attachment);
        self
    }

    /// Whether the user must be verified. Pass the same to [`super::Expected`].
    #[must_use]
    pub fn user_verification(mut self, user_verification: UserVerification) -> Self {
        self.authenticator_selection.user_verification = user_verification;
        self
    }

    /// Which authenticators to show first, best first.
    #[must_use]
    pub fn hints(mut self, hints: &'a [Hint]) -> Self {
        self.hints = hints;
        self
    }

    /// Whether the authenticator should prove its model.
    #[must_use]
    pub fn attestation(mut self, conveyance: Conveyance) -> Self {
        self.attestation = conveyance;
        self
    }

    /// Asks whether the credential has a pseudo-random function, and for first outputs where
    /// `eval` has inputs, which few authenticators give this early
    /// (<https://www.w3.org/TR/webauthn-3/#prf-extension>).
    #[must_use]
    pub fn prf(mut self, eval: Option<PrfInput<'a>>) -> Self {
        self.extensions.prf = Some(CreationPrf { eval });
        self
    }

    /// What the page calls `create()` with. Pass the same to [`super::Expected`].
    ///
    /// With [`Mediation::Conditional`] clients may do without presence and verification, so offer
    /// [`UserVerification::Preferred`]; and they refuse in another site's frame.
    pub fn mediated(self, mediation: Mediation) -> Mediated<Self> {
        Mediated::new(mediation, self)
    }
}

fn parameters(algorithms: &[Algorithm]) -> Vec<Parameters> {
    algorithms.iter().map(|&alg| Parameters { kind: PublicKeyType::PublicKey, alg }).collect()
}
