//! Whether everybody can use a page, as far as a machine can tell: axe-core, run inside it.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;

use super::error::{BrowserError, Doing as _};
use super::page::Page;

/// Conformance to check: WCAG 2.2 at level AA, and what axe-core calls best practice.
const RUN: &str = r"axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(({ violations }) => violations.map(({ id, impact, help, nodes }) => (
    { id, impact, help, elements: nodes.map(({ html }) => html) })))";

/// A rule that a page breaks.
#[derive(Debug, Clone, Deserialize)]
pub struct Violation {
    /// The rule's name, such as `color-contrast`.
    pub id: String,
    /// How bad it is: `minor`, `moderate`, `serious` or `critical`.
    pub impact: Option<String>,
    /// What to do.
    pub help: String,
    /// The elements that break it, as HTML.
    pub elements: Vec<String>,
}

impl Page {
    /// What axe-core finds wrong with the page as it looks now.
    ///
    /// It runs in a world of its own, so that the page's content security policy neither stops it nor
    /// is offended by it.
    pub async fn accessibility_violations(&self) -> Result<Vec<Violation>, BrowserError> {
        let axe = std::fs::read_to_string(axe_path()?)?;
        let world = self.tab.secondary_execution_context().await.doing("entering another world")?;
        self.eval_in::<Option<bool>>(world, &format!("{axe}\n;null")).await?;
        self.eval_in(world, RUN).await
    }
}

/// Where `FIRSTKEY_AXE` says, or where `cargo xtask prerequisites` puts it beside what cargo builds.
fn axe_path() -> Result<PathBuf, BrowserError> {
    if let Some(path) = std::env::var_os("FIRSTKEY_AXE") {
        return Ok(path.into());
    }
    std::env::current_exe()?
        .ancestors()
        .map(|folder| folder.join("xtask/axe/node_modules/axe-core/axe.min.js"))
        .find(|path| path.is_file())
        .ok_or(BrowserError::NoAccessibilityChecker)
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, impact, help, elements } = self;
        write!(formatter, "{id} ({}): {help}", impact.as_deref().unwrap_or("unrated"))?;
        elements.iter().try_for_each(|element| write!(formatter, "\n  {element}"))
    }
}
