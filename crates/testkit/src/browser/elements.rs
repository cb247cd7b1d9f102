//! Finding what is on a page, reading it, and using it as a person would.

use std::path::Path;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::dom::SetFileInputFilesParams;
use chromiumoxide::cdp::browser_protocol::input::InsertTextParams;
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use chromiumoxide::layout::Point;
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use super::error::{BrowserError, Doing as _};
use super::page::{Page, call};

/// How long a page may take until a step of a test can be done.
pub const PATIENCE: Duration = Duration::from_secs(10);

const LOCATE: &str = include_str!("elements.js");
const POLL: Duration = Duration::from_millis(20);

/// Makes a field take the text that is typed next in place of what it holds. A choice, a date or a
/// colour takes no typing, so its value is set and announced.
const PREPARE: &str = r"(selector, value) => {
    const field = [...document.querySelectorAll(selector)].find((f) => f.checkVisibility());
    field.focus();
    const takesTyping = field.matches('textarea, input') && 'setRangeText' in field &&
        !field.matches('[type=date], [type=time], [type=datetime-local], [type=month], [type=color], [type=range]');
    if (takesTyping) { field.select(); return true; }
    field.value = value;
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
    return false;
}";

#[derive(Deserialize)]
struct Located {
    state: String,
    #[serde(default)]
    x: f64,
    #[serde(default)]
    y: f64,
    #[serde(default)]
    text: String,
}

impl Located {
    fn is_visible(&self) -> bool {
        !matches!(self.state.as_str(), "nothing matches" | "what matches is hidden")
    }

    fn is_ready(&self) -> bool {
        self.state == "ready"
    }
}

impl Page {
    /// Presses an element in its middle, once it is visible, enabled and not covered.
    pub async fn click(&self, locator: &str) -> Result<(), BrowserError> {
        let found = self.located(locator, "click", self.patience, Located::is_ready).await?;
        let middle = Point::new(found.x, found.y);
        self.tab.click(middle).await.doing(&format!("clicking {locator}"))?;
        Ok(())
    }

    /// Presses a key, such as `Tab`, `Enter` or `Escape`, wherever the focus is.
    pub async fn press(&self, key: &str) -> Result<(), BrowserError> {
        let doing = format!("pressing {key}");
        let document = self.tab.find_element("html").await.doing(&doing)?;
        document.press_key(key).await.doing(&doing)?;
        Ok(())
    }

    /// Types into a field in place of what it holds, or chooses the option with that value.
    pub async fn fill(&self, selector: &str, value: &str) -> Result<(), BrowserError> {
        self.located(selector, "fill", self.patience, Located::is_ready).await?;
        let takes_typing: bool = self.call(PREPARE, &[selector, value]).await?;
        if takes_typing {
            let doing = format!("typing into {selector}");
            self.tab.execute(InsertTextParams::new(value)).await.doing(&doing)?;
        }
        Ok(())
    }

    /// Gives a file to `<input type=file>`, visible or not.
    pub async fn attach(&self, selector: &str, file: &Path) -> Result<(), BrowserError> {
        self.wait_for_script("attach", &call("(s) => !!document.querySelector(s)", &[selector]))
            .await?;
        let find = call("(s) => document.querySelector(s)", &[selector]);
        let input = self.tab.execute(EvaluateParams::new(find)).await.doing("finding an input")?;
        let mut attach = SetFileInputFilesParams::new(vec![file.to_string_lossy().into_owned()]);
        attach.object_id = input.result.result.object_id;
        self.tab.execute(attach).await.doing(&format!("attaching a file to {selector}"))?;
        Ok(())
    }

    /// The visible text of an element.
    pub async fn text(&self, locator: &str) -> Result<String, BrowserError> {
        let found = self.located(locator, "read", self.patience, Located::is_visible).await?;
        Ok(found.text)
    }

    /// Whether an element is visible now.
    pub async fn shows(&self, locator: &str) -> Result<bool, BrowserError> {
        let found: Located = self.call(LOCATE, &[locator]).await?;
        Ok(found.is_visible())
    }

    /// Waits until an element is visible.
    pub async fn wait_for(&self, locator: &str, patience: Duration) -> Result<(), BrowserError> {
        self.located(locator, "wait for", patience, Located::is_visible).await.map(drop)
    }

    /// Waits until the page's visible text contains `text`.
    pub async fn wait_for_text(&self, text: &str) -> Result<(), BrowserError> {
        let contains = call("(text) => document.body?.innerText.includes(text)", &[text]);
        self.wait_for_script(&format!("wait for the text “{text}”"), &contains).await
    }

    /// Waits until the address contains `part`.
    pub async fn wait_for_url(&self, part: &str) -> Result<(), BrowserError> {
        let contains = call("(part) => location.href.includes(part)", &[part]);
        self.wait_for_script(&format!("wait for an address with {part}"), &contains).await
    }

    /// Waits until a script comes to `true`.
    pub async fn wait_until(&self, script: &str) -> Result<(), BrowserError> {
        self.wait_for_script(&format!("wait until {script}"), script).await
    }

    async fn wait_for_script(&self, wanted: &str, script: &str) -> Result<(), BrowserError> {
        let ends = Instant::now() + self.patience;
        while !matches!(self.eval(script).await, Ok(true)) {
            if Instant::now() > ends {
                return Err(self.missing(wanted.to_owned(), "it never was so".to_owned()).await);
            }
            sleep(POLL).await;
        }
        Ok(())
    }

    async fn located(
        &self,
        locator: &str,
        purpose: &str,
        patience: Duration,
        suffices: fn(&Located) -> bool,
    ) -> Result<Located, BrowserError> {
        let ends = Instant::now() + patience;
        loop {
            let found: Result<Located, _> = self.call(LOCATE, &[locator]).await;
            let instead = match found {
                Ok(found) if suffices(&found) => return Ok(found),
                Ok(found) => found.state,
                // The document is just being replaced by the next one, or the selector is wrong.
                Err(error) => error.to_string(),
            };
            if Instant::now() > ends {
                return Err(self.missing(format!("{purpose} {locator}"), instead).await);
            }
            sleep(POLL).await;
        }
    }

    async fn missing(&self, wanted: String, instead: String) -> BrowserError {
        let url = self.url().await.unwrap_or_default();
        let visible = self.eval("document.body?.innerText ?? ''").await.unwrap_or_default();
        BrowserError::Missing { wanted, url, instead, visible }
    }
}
