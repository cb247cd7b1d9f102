//! What a browser could not do.

use std::fmt;

use chromiumoxide::error::CdpError;

/// Why a step of a browser test failed. `Debug` prints the same sentences as `Display`, because that
/// is what `unwrap` shows.
#[derive(thiserror::Error)]
pub enum BrowserError {
    /// There is no browser to start, or it does not start.
    #[error("Chromium did not start (FIRSTKEY_CHROMIUM or PATH must name it): {0}")]
    Launch(String),
    /// What the test waited for did not come about.
    #[error("{wanted} on {url}: {instead}\nvisible there:\n{visible}")]
    Missing {
        /// The selector or condition, and what was to be done.
        wanted: String,
        /// The page's address.
        url: String,
        /// What was there instead: nothing, something hidden, covered or disabled.
        instead: String,
        /// The page's text.
        visible: String,
    },
    /// A script threw, or its result is of another type than expected.
    #[error("script failed on {url}: {reason}\n  {script}")]
    Script {
        /// The beginning of the script.
        script: String,
        /// The page's address.
        url: String,
        /// What it threw.
        reason: String,
    },
    /// The accessibility checker was not fetched.
    #[error("axe-core is missing: run `cargo xtask prerequisites`, or set FIRSTKEY_AXE")]
    NoAccessibilityChecker,
    /// A file could not be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The browser refused a command, or went away.
    #[error("the browser failed: {source}\nwhile {doing}")]
    Protocol {
        /// What was being done.
        doing: String,
        /// The browser's answer.
        source: Box<CdpError>,
    },
}

impl fmt::Debug for BrowserError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

/// Says what was being done when the protocol failed.
pub(super) trait Doing<T> {
    fn doing(self, what: &str) -> Result<T, BrowserError>;
}

impl<T> Doing<T> for Result<T, CdpError> {
    fn doing(self, what: &str) -> Result<T, BrowserError> {
        self.map_err(|source| BrowserError::Protocol {
            doing: what.to_owned(),
            source: Box::new(source),
        })
    }
}
