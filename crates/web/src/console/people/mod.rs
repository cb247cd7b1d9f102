//! People: finding them, one person's page, adding a joiner, opening, leaving, roles, stopping a passkey.

pub(super) mod add;
mod check;
pub(super) mod correct;
mod form;
pub(super) mod leave;
pub(super) mod list;
pub(super) mod new;
pub(super) mod open;
pub(super) mod page;
pub(super) mod review;
pub(super) mod role;
pub(super) mod stop;
