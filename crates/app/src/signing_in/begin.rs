//! The options of a sign-in. They name nobody: the passkey does.

use firstkey_domain::challenge::Purpose;
use firstkey_webauthn::authentication::Options;

use crate::{
    App, Backend,
    ticket::Ticket,
    webauthn::{no_context, wire_challenge},
};

/// A sign-in that has begun.
#[derive(Debug)]
pub struct SignInBegun<'a> {
    /// What the browser is to ask passkeys for.
    pub options: Options<'a>,
    /// What comes back with the answer.
    pub ticket: String,
}

impl<S: Backend> App<S> {
    /// Begins a sign-in. Writes nothing.
    pub fn begin_sign_in(&self) -> SignInBegun<'_> {
        let ticket: Ticket<()> =
            Ticket::begin(Purpose::SignIn, no_context(), (), self.entropy(), self.now());
        SignInBegun {
            options: Options::new(&self.site.relying_party, wire_challenge(&ticket.challenge)),
            ticket: ticket.seal(&self.keys, self.entropy()),
        }
    }
}
