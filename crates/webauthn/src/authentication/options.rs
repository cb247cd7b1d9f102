//! Step 1: what `navigator.credentials.get()` is asked for.

use serde::{Serialize, Serializer};

use crate::extensions::{PrfInput, RequestPrf};
use crate::ids::Challenge;
use crate::relying_party::RelyingParty;
use crate::vocabulary::{Descriptor, Hint, Mediated, Mediation, Timeout, UserVerification};

/// Options for an assertion, to be serialised for
/// `PublicKeyCredential.parseRequestOptionsFromJSON()`
/// (<https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptionsjson>).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options<'a> {
    challenge: Challenge,
    timeout: Timeout,
    rp_id: &'a str,
    allow_credentials: Allowed<'a>,
    user_verification: UserVerification,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    hints: &'a [Hint],
    #[serde(skip_serializing_if = "Extensions::ask_nothing")]
    extensions: Extensions<'a>,
}

/// The credentials that will do; all when there are none.
#[derive(Debug, Clone, Copy)]
enum Allowed<'a> {
    Plain(&'a [Descriptor]),
    WithPrf(&'a [(Descriptor, PrfInput<'a>)]),
}

impl Serialize for Allowed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(credentials) => serializer.collect_seq(*credentials),
            Self::WithPrf(credentials) => {
                serializer.collect_seq(credentials.iter().map(|(credential, _)| credential))
            }
        }
    }
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Extensions<'a> {
    prf: RequestPrf<'a>,
}

impl Extensions<'_> {
    fn ask_nothing(&self) -> bool {
        self.prf.asks_nothing()
    }
}

impl<'a> Options<'a> {
    /// Options that let the user pick any discoverable credential, with required user
    /// verification and five minutes.
    pub fn new(relying_party: &'a RelyingParty, challenge: Challenge) -> Self {
        Self {
            challenge,
            timeout: Timeout::default(),
            rp_id: relying_party.id(),
            allow_credentials: Allowed::Plain(&[]),
            user_verification: UserVerification::Required,
            hints: &[],
            extensions: Extensions::default(),
        }
    }

    /// Accepts only these credentials. Pass the same to [`super::Account::Known`].
    #[must_use]
    pub fn allow(mut self, credentials: &'a [Descriptor]) -> Self {
        self.allow_credentials = Allowed::Plain(credentials);
        self.extensions.prf.eval_by_credential = &[];
        self
    }

    /// The same, with inputs of its own to each credential's pseudo-random function.
    #[must_use]
    pub fn allow_with_prf(mut self, credentials: &'a [(Descriptor, PrfInput<'a>)]) -> Self {
        self.allow_credentials = Allowed::WithPrf(credentials);
        self.extensions.prf.eval_by_credential = credentials;
        self
    }

    /// Asks for outputs of the credential's pseudo-random function, for whichever credential has
    /// no inputs of its own (<https://www.w3.org/TR/webauthn-3/#prf-extension>).
    #[must_use]
    pub fn prf(mut self, eval: PrfInput<'a>) -> Self {
        self.extensions.prf.eval = Some(eval);
        self
    }

    /// Whether the user must be verified. Pass the same to [`super::Expected`].
    #[must_use]
    pub fn user_verification(mut self, user_verification: UserVerification) -> Self {
        self.user_verification = user_verification;
        self
    }

    /// How long the client may take.
    #[must_use]
    pub fn timeout(mut self, timeout: Timeout) -> Self {
        self.timeout = timeout;
        self
    }

    /// Which authenticators to show first, best first.
    #[must_use]
    pub fn hints(mut self, hints: &'a [Hint]) -> Self {
        self.hints = hints;
        self
    }

    /// What the page calls `get()` with.
    ///
    /// With [`Mediation::Conditional`] the client offers discoverable credentials where the user
    /// fills in a form, without a dialogue of its own, and heeds no timeout.
    pub fn mediated(self, mediation: Mediation) -> Mediated<Self> {
        Mediated::new(mediation, self)
    }
}
