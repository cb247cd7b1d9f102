//! One's own passkeys and sessions.

pub(super) mod add;
pub(super) mod adding;
pub(super) mod name;
pub(super) mod page;
mod passkey;
pub(super) mod remove;

pub(super) use passkey::PasskeyLine;
