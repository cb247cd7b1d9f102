//! What is asked, whom, and what comes of it.

mod answers;
mod receiver;
mod where_to;
