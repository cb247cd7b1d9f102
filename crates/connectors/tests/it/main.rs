//! The outside world as it is: files that people saved with whatever program they had, and mail
//! servers that are down.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod csv;
mod letters;
mod relay;
mod smtp;
mod starttls;
