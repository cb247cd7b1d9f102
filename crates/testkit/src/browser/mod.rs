//! A real Chromium for tests that look at pages as people do.
//!
//! A [`Browser`] is one process with a folder of its own; a [`Profile`] in it is what one person's
//! browser would be: own cookies, own IndexedDB; a [`Page`] is one tab. What a test does to a page
//! waits, within [`PATIENCE`], until it can be done, so tests need no sleeping; what cannot be done is
//! told with the selector, the address and the text that was visible instead.
//!
//! Elements are named by CSS selector, or as `text=Begin`: the button, link or label that reads so.

mod accessibility;
mod complaints;
mod elements;
mod error;
mod launch;
mod network;
mod page;
mod virtual_authenticator;
mod window;

pub use accessibility::Violation;
pub use complaints::{Complaint, ComplaintKind};
pub use elements::PATIENCE;
pub use error::BrowserError;
pub use launch::{Browser, Profile};
pub use page::Page;
pub use virtual_authenticator::{AuthenticatorKind, VirtualAuthenticator};
pub use window::{ColorScheme, Viewport};
