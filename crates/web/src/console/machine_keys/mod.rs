//! Machine keys: who owns which, what for and until when; registering one, and ending one.

pub(super) mod end;
pub(super) mod page;
pub(super) mod register;
