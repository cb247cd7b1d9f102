//! Registering a new credential
//! (<https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential>).

mod error;
mod options;
mod response;
mod verify;

pub use error::RegistrationError;
pub use options::{Attachment, Conveyance, Options, User};
pub use response::UnverifiedRegistration;
pub use verify::{Expected, VerifiedRegistration};

pub use crate::vocabulary::Mediation;
