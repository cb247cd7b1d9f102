//! What a log is called in its checkpoints: the host where it is served. Neither scheme nor port is
//! part of it: a server that listens elsewhere goes on with its log.

use std::{fmt, str::FromStr};

use firstkey_ports::LogName;

use crate::Site;

/// A log of one Firstkey, written `console.example.org/log/lifecycle`. It is the first line of each
/// checkpoint, so that a checkpoint of one log can never stand in for another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRef {
    host: String,
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
}

impl fmt::Display for LogRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/log/{}", self.host, self.log)
    }
}

impl FromStr for LogRef {
    type Err = NotALogRef;

    fn from_str(text: &str) -> Result<Self, NotALogRef> {
        let (host, log) = text.split_once("/log/").ok_or(NotALogRef)?;
        let log = log.parse().map_err(|_| NotALogRef)?;
        if host.is_empty() {
            return Err(NotALogRef);
        }
        Ok(Self { host: host.to_owned(), log })
    }
}

/// The name of a site's log.
pub fn log_ref(site: &Site, log: LogName) -> LogRef {
    let origin = &site.console_origin;
    let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    LogRef { host: host.to_owned(), log }
}
