//! Messages: what waits, what could not be delivered, and trying that again.

pub(super) mod list;
pub(super) mod retry;
