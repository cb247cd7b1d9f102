//! What went wrong, as problem documents (RFC 9457) for programs and as pages for people.

mod document;
mod kind;
mod page;

pub use document::Problem;
pub use kind::Kind;
pub use page::Audience;
