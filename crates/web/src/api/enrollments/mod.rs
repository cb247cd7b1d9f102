//! Enrollments: where they stand, opening one, sending an invitation again, withdrawing.

pub(super) mod list;
pub(super) mod one;
pub(super) mod open;
pub(super) mod reinvite;
pub(super) mod withdraw;
