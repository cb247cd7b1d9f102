//! The whole in figures: the funnel, alarms, what is open, what waits to be sent.

pub(super) mod open;
pub(super) mod outbox;
pub(super) mod overview;
pub(super) mod replay;
