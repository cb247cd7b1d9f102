//! Requests that Firstkey makes: to receivers of webhooks, to places that keep checkpoints, to gateways.
//!
//! Whoever may name an address could otherwise let a server ask its own neighbours. So the address is judged
//! where it is dialled, after the name was looked up, and a second look-up cannot slip another one in; answers
//! are bounded and waited for only so long; nobody is followed elsewhere. TLS always.

mod dialled;
mod reach;
mod sending;

pub use reach::{Reach, is_public};
pub use sending::{Outbound, RootsError, Unanswered};
