//! A letter as a message of RFC 5322.

use firstkey_ports::{ChannelError, Letter};
use jiff::Timestamp;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

/// Tells programs that answer mail by themselves not to answer this (RFC 3834 §5).
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

/// Puts a letter together: plain text first, the same in HTML second.
///
/// A letter whose header lines would not hold on one line each is refused for good: nothing that
/// passed its checks looks like that.
pub(super) fn message(
    letter: &Letter,
    from: &Mailbox,
    now: Timestamp,
) -> Result<Message, ChannelError> {
    let to = letter.to.parse::<Address>().map_err(|_| malformed("recipient"))?;
    if letter.subject.chars().any(char::is_control) {
        return Err(malformed("subject"));
    }
    Message::builder()
        .date(now.into())
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&letter.subject)
        .message_id(Some(message_id(&letter.message_id)?))
        .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned()))
        .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
        .map_err(|_| malformed("envelope"))
}

/// The Message-ID in its brackets (RFC 5322 §3.6.4), whether the letter brings them or not.
fn message_id(id: &str) -> Result<String, ChannelError> {
    let bare = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id);
    let is_id =
        bare.split_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
            && bare.len() <= 200
            && bare.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
    if is_id { Ok(format!("<{bare}>")) } else { Err(malformed("message id")) }
}

fn malformed(part: &str) -> ChannelError {
    ChannelError::Never(format!("the letter's {part} is malformed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            message_id: "018f@example.org".into(),
            to: "ana@example.org".into(),
            subject: "Ana, your first day".into(),
            text: "Hello".into(),
            html: "<p>Hello</p>".into(),
        }
    }

    fn composed(letter: &Letter) -> Result<String, ChannelError> {
        let from = "First day <hr@example.org>".parse().unwrap();
        let message = message(letter, &from, "2026-03-31T08:00:00Z".parse().unwrap())?;
        Ok(String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn a_message_carries_its_id_its_time_and_asks_for_no_automatic_answer() {
        let text = composed(&letter()).unwrap();
        for line in [
            "Date: Tue, 31 Mar 2026 08:00:00 +0000\r\n",
            "Message-ID: <018f@example.org>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Subject: Ana, your first day\r\n",
            "To: ana@example.org\r\n",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }

    #[test]
    fn nothing_in_a_letter_begins_a_header_of_its_own() {
        let inject = "x\r\nBcc: eve@example.net";
        for (letter, part) in [
            (Letter { subject: inject.into(), ..letter() }, "subject"),
            (Letter { to: format!("ana@example.org{inject}"), ..letter() }, "recipient"),
            (Letter { to: "ana@example.org, eve@example.net".into(), ..letter() }, "recipient"),
            (Letter { message_id: format!("1@{inject}"), ..letter() }, "message id"),
            (Letter { message_id: "none".into(), ..letter() }, "message id"),
        ] {
            let expected = ChannelError::Never(format!("the letter's {part} is malformed"));
            assert_eq!(composed(&letter), Err(expected));
        }
    }
}
