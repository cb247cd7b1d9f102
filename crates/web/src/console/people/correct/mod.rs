//! Correcting somebody's record: a form, a page that shows what will differ, and the press.

mod act;
mod check;
mod page;
mod review;

pub(in crate::console) use act::{correct, options};
pub(in crate::console) use page::page;
pub(in crate::console) use review::review;
