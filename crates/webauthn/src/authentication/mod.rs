//! Verifying an authentication assertion
//! (<https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>).

mod error;
mod evidence;
mod options;
mod response;
mod verify;

pub use error::AssertionError;
pub use evidence::{AssertionEvidence, EvidenceExpected, EvidenceFacts};
pub use options::Options;
pub use response::UnverifiedAssertion;
pub use verify::{Account, Expected, StoredCredential, VerifiedAssertion};
