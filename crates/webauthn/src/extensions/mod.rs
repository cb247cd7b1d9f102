//! Extensions that are passed through: what may be asked of clients, and what comes back
//! (<https://www.w3.org/TR/webauthn-3/#sctn-extensions>).
//!
//! Authenticators' outputs are signed along with the rest of the authenticator data. Clients'
//! outputs are not: they are what the page says. Outputs that were not asked for are allowed,
//! and those that are not known here are ignored, as the specification has relying parties do.

mod authenticator;
mod client;
mod prf;

pub use authenticator::{AuthenticatorExtensions, CredentialProtection};
pub(crate) use client::{AssertionOutputs, RegistrationOutputs};
pub(crate) use prf::{CreationPrf, RequestPrf};
pub use prf::{PrfAtRegistration, PrfInput, PrfOutputs};
