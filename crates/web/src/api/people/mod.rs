//! People: finding them, one of them, and what happened to one.

pub(super) mod list;
pub(super) mod one;
pub(super) mod story;
