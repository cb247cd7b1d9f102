//! Who asks: the session, and whether the request was made by one of our own pages.

mod acting;
mod id;
mod in_address;
mod our_page;
mod signed_in;

pub(super) use acting::{Acting, Nothing};
pub(crate) use id::Id;
pub(super) use in_address::InAddress;
pub(super) use our_page::OurPage;
pub(super) use signed_in::{SignedIn, Watching, session_of};
