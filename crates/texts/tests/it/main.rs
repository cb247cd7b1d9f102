//! What the pages and letters ask for is what the message files say.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod every_language_is_complete;
mod every_message_formats;
mod every_message_is_said;
mod files;
