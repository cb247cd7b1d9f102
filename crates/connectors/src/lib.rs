//! The outside world behind the ports: joiners come in from files, letters are written and go out by
//! SMTP.

pub mod csv;
pub mod letters;
pub mod smtp;
