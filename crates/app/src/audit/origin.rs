//! What a log is called in its checkpoints: the host where it is served, and its epoch. Neither scheme
//! nor port is part of it: a server that listens elsewhere goes on with its log.

use std::{fmt, str::FromStr};

use firstkey_ports::LogName;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::Site;

/// How an epoch is written: the second at which it began, in UTC.
const EPOCH: &str = "%Y%m%dT%H%M%SZ";

/// A log of one Firstkey, written `console.example.org/log/lifecycle`, and after a restore
/// `console.example.org/log/20261130T221500Z/lifecycle`. It is the first line of each checkpoint, so
/// that a checkpoint of one log, or of one epoch, can never stand in for another's: what was signed
/// before a restore and what is signed after it are two trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRef {
    host: String,
    epoch: Option<Timestamp>,
    log: LogName,
}

/// The text names no log of a Firstkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a log is written like console.example.org/log/lifecycle")]
pub struct NotALogRef;

impl LogRef {
    /// Which of its logs.
    pub const fn log(&self) -> LogName {
        self.log
    }

    /// When its epoch began; `None` in the first.
    pub const fn epoch(&self) -> Option<Timestamp> {
        self.epoch
    }
}

impl fmt::Display for LogRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/log/", self.host)?;
        if let Some(epoch) = self.epoch {
            write!(f, "{}/", epoch.strftime(EPOCH))?;
        }
        write!(f, "{}", self.log)
    }
}

impl FromStr for LogRef {
    type Err = NotALogRef;

    fn from_str(text: &str) -> Result<Self, NotALogRef> {
        let (host, rest) = text.split_once("/log/").ok_or(NotALogRef)?;
        let (epoch, log) = match rest.split_once('/') {
            Some((epoch, log)) if epoch.starts_with(|letter: char| letter.is_ascii_digit()) => {
                (Some(epoch_of(epoch).ok_or(NotALogRef)?), log)
            }
            _ => (None, rest),
        };
        let log = log.parse().map_err(|_| NotALogRef)?;
        if host.is_empty() {
            return Err(NotALogRef);
        }
        let named = Self { host: host.to_owned(), epoch, log };
        // One spelling only.
        if named.to_string() == text { Ok(named) } else { Err(NotALogRef) }
    }
}

fn epoch_of(text: &str) -> Option<Timestamp> {
    let began = DateTime::strptime(EPOCH, text).ok()?;
    Some(began.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// The name of a site's log in an epoch.
pub fn log_ref(site: &Site, epoch: Option<Timestamp>, log: LogName) -> LogRef {
    let origin = &site.console_origin;
    let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    LogRef { host: host.to_owned(), epoch, log }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_21_a_log_of_another_epoch_has_another_name_and_one_spelling() {
        for name in [
            "console.example.org/log/lifecycle",
            "console.example.org/log/20261130T221500Z/lifecycle",
            "console.example.org/log/20261130T221500Z/access/2026-11",
        ] {
            assert_eq!(name.parse::<LogRef>().unwrap().to_string(), name);
        }
        for wrong in [
            "console.example.org/log/2/lifecycle",
            "console.example.org/log/20261130T2215Z/lifecycle",
            "console.example.org/log/20261130T221560Z/lifecycle",
            "console.example.org/log/20261130T221500Z",
            "console.example.org/log//lifecycle",
            "/log/lifecycle",
        ] {
            assert_eq!(wrong.parse::<LogRef>(), Err(NotALogRef), "{wrong}");
        }
    }
}
