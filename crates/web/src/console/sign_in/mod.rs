//! Signing in with a passkey, and out.

pub(super) mod finish;
pub(super) mod options;
pub(super) mod page;
pub(super) mod sign_out;
pub(super) mod sign_out_everywhere;
