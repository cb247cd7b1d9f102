//! Styles and scripts, part of the binary. Their addresses carry the digest of all of them, so that
//! browsers may keep them for ever, and scripts may import each other by plain relative names.

mod serve;
mod table;

pub(crate) use serve::serve;
pub(crate) use table::address;
