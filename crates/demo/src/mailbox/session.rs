//! One SMTP session's dialogue (RFC 5321 §4.1), apart from the bytes it travels in.

use super::wire::LETTER_LIMIT;

/// The most recipients of one letter.
const RECIPIENTS: usize = 20;

/// What a session has been told so far.
#[derive(Default)]
pub(super) struct Session {
    greeted: bool,
    from: Option<String>,
    to: Vec<String>,
}

/// What to answer, and what follows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Say this and wait for the next command.
    Say(String),
    /// Say this and read a letter.
    Letter(&'static str),
    /// Say this and hang up.
    Bye(&'static str),
}

impl Session {
    /// Answers one command line, without its line end.
    pub(super) fn command(&mut self, line: &str) -> Answer {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                *self = Self { greeted: true, ..Self::default() };
                say(&format!("250-mailbox\r\n250-SIZE {LETTER_LIMIT}\r\n250 8BITMIME"))
            }
            "HELO" => {
                *self = Self { greeted: true, ..Self::default() };
                say("250 mailbox")
            }
            "MAIL" => self.mail(rest),
            "RCPT" => self.recipient(rest),
            "DATA" if self.to.is_empty() => say("503 Recipients first"),
            "DATA" => Answer::Letter("354 End with a dot on a line of its own"),
            "RSET" => {
                self.reset();
                say("250 Forgotten")
            }
            "NOOP" => say("250 Here"),
            "VRFY" => say("252 Everybody lives here"),
            "QUIT" => Answer::Bye("221 Bye"),
            _ => say("500 Not a command of this server"),
        }
    }

    /// The envelope of the letter that has just been read; the session is ready for the next.
    pub(super) fn envelope(&mut self) -> (String, Vec<String>) {
        let envelope = (self.from.take().unwrap_or_default(), std::mem::take(&mut self.to));
        self.reset();
        envelope
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    fn mail(&mut self, rest: &str) -> Answer {
        if !self.greeted {
            return say("503 EHLO first");
        }
        if self.from.is_some() {
            return say("503 One sender at a time");
        }
        let Some((from, parameters)) = path(rest, "FROM:") else {
            return say("501 MAIL FROM:<address>");
        };
        if declared_size(parameters).is_some_and(|size| size > LETTER_LIMIT) {
            return say("552 Too long a letter");
        }
        self.from = Some(from.to_owned());
        say("250 Sender noted")
    }

    fn recipient(&mut self, rest: &str) -> Answer {
        if self.from.is_none() {
            return say("503 Sender first");
        }
        match path(rest, "TO:") {
            Some(("", _)) | None => say("501 RCPT TO:<address>"),
            Some(_) if self.to.len() == RECIPIENTS => say("452 Too many recipients"),
            Some((to, _)) => {
                self.to.push(to.to_owned());
                say("250 Recipient noted")
            }
        }
    }
}

fn say(text: &str) -> Answer {
    Answer::Say(text.to_owned())
}

/// The address in `FROM:<address>`, and the parameters after it.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (start, rest) = rest.split_at_checked(keyword.len())?;
    if !start.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (address, parameters) = rest.trim_start().strip_prefix('<')?.split_once('>')?;
    (address.len() <= 254).then_some((address, parameters))
}

/// The size that a sender declares (RFC 1870 §6).
fn declared_size(parameters: &str) -> Option<usize> {
    parameters.split_ascii_whitespace().find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.eq_ignore_ascii_case("SIZE").then(|| value.parse().unwrap_or(usize::MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(lines: &[&str]) -> Vec<String> {
        let mut session = Session::default();
        lines
            .iter()
            .map(|line| match session.command(line) {
                Answer::Say(text) => text,
                Answer::Letter(text) | Answer::Bye(text) => text.to_owned(),
            })
            .map(|text| text.split(['\r', ' ', '-']).next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn a_letter_is_taken_in_the_order_of_the_protocol() {
        assert_eq!(
            answers(&[
                "ehlo client",
                "mail from:<hr@example.org> SIZE=100 BODY=8BITMIME",
                "RCPT TO:<ana@example.org>",
                "DATA",
                "QUIT",
            ]),
            ["250", "250", "250", "354", "221"]
        );
    }

    #[test]
    fn commands_out_of_order_or_shape_are_refused() {
        assert_eq!(
            answers(&[
                "MAIL FROM:<hr@example.org>",
                "EHLO client",
                "RCPT TO:<ana@example.org>",
                "MAIL FROM hr@example.org",
                "MAIL FROM:<hr@example.org> SIZE=99999999999999999999999",
                "MAIL FROM:<>",
                "DATA",
                "MAIL FROM:<again@example.org>",
                "RCPT TO:<>",
                "RSET",
                "RCPT TO:<ana@example.org>",
                "BDAT 3",
                "",
            ]),
            [
                "503", "250", "503", "501", "552", "250", "503", "503", "501", "250", "503", "500",
                "500",
            ]
        );
    }
}
