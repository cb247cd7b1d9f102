//! Signing in to Firstkey's own pages with a passkey, and sessions.

mod begin;
mod finish;
mod session;
mod sign_out;

pub use begin::SignInBegun;
pub use finish::{SignIn, SignInFault, SignedIn};
pub use session::{Session, SessionSecret, SessionToken};
pub use sign_out::{SignOut, SignOutEverywhere};
