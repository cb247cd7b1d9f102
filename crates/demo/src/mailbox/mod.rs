//! The demo's mail: a real SMTP server on loopback that keeps the newest letters in memory, and a
//! page that shows them. Whatever is sent to whichever address arrives here and nowhere else.

mod letter;
mod page;
mod session;
mod sink;
mod store;
mod wire;

pub use letter::ReceivedLetter;
pub use page::router;
pub use sink::SmtpSink;
pub use store::Mailbox;
