//! Acts that a program prepared: shown here, and signed like those that somebody chose themselves.

pub(super) mod page;
