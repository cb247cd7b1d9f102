//! The demo: a sample organisation and its mailbox.

mod demo;
pub mod mailbox;
mod organisation;

pub use demo::Demo;
pub use organisation::{ADMINISTRATOR, ADMINISTRATOR_NAME, ORGANISATION, seed};
