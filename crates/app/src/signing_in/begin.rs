//! The options of a sign-in. They name nobody: the passkey does.

use firstkey_domain::challenge::Purpose;
use firstkey_webauthn::authentication::Options;

use crate::{
    App, Backend,
    enrolling::Ceremony,
    ticket::Ticket,
    webauthn::{no_context, wire_challenge},
};

impl<S: Backend> App<S> {
    /// Begins a sign-in. Writes nothing.
    pub fn begin_sign_in(&self) -> Ceremony {
        let ticket: Ticket<()> =
            Ticket::begin(Purpose::SignIn, no_context(), (), self.entropy(), self.now());
        let options = Options::new(&self.site.relying_party, wire_challenge(&ticket.challenge));
        Ceremony {
            options: serde_json::to_value(options).unwrap_or_default(),
            ticket: ticket.seal(&self.keys, self.entropy()),
        }
    }
}
