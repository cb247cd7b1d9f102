//! How much of the listener clients may hold.

use std::time::Duration;

/// How much of the listener clients may hold, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many connections at one time. Further ones wait until the system accepts no more.
    pub connections: usize,
    /// How many of them one customer of a provider may hold. Further ones are closed at once.
    /// Trusted proxies speak for everybody and are not counted.
    pub per_client: usize,
    /// How long a client may take to send the head of a request, and so also how long a
    /// connection may stay without one. A TLS handshake may take as long again.
    pub head_time: Duration,
    /// The same for trusted proxies, which keep connections for later and take the end of one that they
    /// are about to use for a failure: longer than proxies keep idle ones by default.
    pub proxy_head_time: Duration,
    /// How long a client may leave what is sent to it unread.
    pub write_time: Duration,
}

/// As many connections as a busy morning needs; each idle one costs some ten kilobytes.
const CONNECTIONS: usize = 8192;
/// Files that are kept for the rest of the process: the database's readers, tiles, mail.
const KEPT_FILES: usize = 256;

impl Limits {
    /// The limits of a process that may open so many files.
    pub fn for_files(files: u64) -> Self {
        let files = usize::try_from(files).unwrap_or(usize::MAX);
        let connections = files.saturating_sub(KEPT_FILES).max(files / 2).clamp(1, CONNECTIONS);
        Self {
            connections,
            // An office behind one address has room, and eight such addresses are needed to fill it.
            per_client: (connections / 8).max(1),
            head_time: Duration::from_secs(10),
            proxy_head_time: Duration::from_secs(120),
            write_time: Duration::from_secs(30),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_everything_else() {
        let of = |files| {
            let limits = Limits::for_files(files);
            (limits.connections, limits.per_client)
        };
        assert_eq!(of(u64::MAX), (8192, 1024));
        assert_eq!(of(1024), (768, 96));
        assert_eq!(of(256), (128, 16));
        assert_eq!(of(0), (1, 1));
    }
}
