//! What a relay's refusal means for a letter: try later, or never.

use firstkey_ports::ChannelError;
use lettre::transport::smtp::Error;

/// A failure before the letter was begun says nothing of the letter, whatever its code.
pub(super) fn connecting(error: &Error) -> ChannelError {
    ChannelError::Later(describe("the relay cannot be used", error))
}

/// Nothing answers at the relay's address.
pub(super) fn reaching(_: std::io::Error) -> ChannelError {
    ChannelError::Later("the relay cannot be used (no connection)".to_owned())
}

/// A failure while the letter was handed over: a permanent answer (RFC 5321 §4.2.1) is about the
/// letter or its recipient, unless it asks who we are.
pub(super) fn sending(error: &Error) -> ChannelError {
    let told = describe("the relay did not take the letter", error);
    if error.is_permanent() && !asks_who_we_are(error) {
        ChannelError::Never(told)
    } else {
        ChannelError::Later(told)
    }
}

/// 530, 534, 535, 538: authentication is required, too weak, wrong, or needs encryption
/// (RFC 4954 §6). The configuration is at fault, and letters wait until it is mended.
fn asks_who_we_are(error: &Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538))
}

/// The kind of failure and the code, and never the relay's words.
fn describe(what: &str, error: &Error) -> String {
    if let Some(code) = error.status() {
        return format!("{what} (SMTP {code})");
    }
    let kind = if error.is_timeout() {
        "no answer in time"
    } else if error.is_tls() {
        "TLS failed"
    } else if error.is_response() {
        "its answer was not SMTP"
    } else if error.is_client() {
        "it does not offer what is required of it"
    } else {
        "no connection"
    };
    format!("{what} ({kind})")
}
