//! One tab.

use std::sync::Arc;
use std::time::Duration;

use chromiumoxide::cdp::js_protocol::runtime::{EvaluateParams, ExecutionContextId};
use chromiumoxide::error::CdpError;
use serde::de::DeserializeOwned;

use super::complaints::Listener;
use super::elements::PATIENCE;
use super::error::{BrowserError, Doing as _};
use super::launch::Process;

/// One tab of a [`super::Profile`].
pub struct Page {
    pub(super) tab: chromiumoxide::Page,
    pub(super) listener: Listener,
    pub(super) patience: Duration,
    /// Keeps the browser running as long as one of its tabs is in use.
    _process: Arc<Process>,
}

impl Page {
    pub(super) async fn new(
        tab: chromiumoxide::Page,
        process: Arc<Process>,
    ) -> Result<Self, BrowserError> {
        let listener = Listener::start(&tab).await?;
        Ok(Self { tab, listener, patience: PATIENCE, _process: process })
    }

    /// The same tab, but steps that cannot be done fail after this time instead of [`PATIENCE`].
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Goes to an address and waits until the document has loaded.
    pub async fn goto(&self, url: &str) -> Result<(), BrowserError> {
        // A page that loads itself anew at this very moment, because something changed, gets its way. A
        // person would try again, too.
        for _ in 0..3 {
            match self.tab.goto(url).await {
                Err(CdpError::ChromeMessage(why)) if why == "net::ERR_ABORTED" => {}
                done => return done.map(drop).doing(&format!("going to {url}")),
            }
        }
        self.tab.goto(url).await.map(drop).doing(&format!("going to {url}"))
    }

    /// Loads the same address again.
    pub async fn reload(&self) -> Result<(), BrowserError> {
        self.tab.reload().await.doing("reloading")?;
        Ok(())
    }

    /// The address shown now, fragment included.
    pub async fn url(&self) -> Result<String, BrowserError> {
        self.eval("location.href").await
    }

    /// Closes the tab.
    pub async fn close(self) -> Result<(), BrowserError> {
        self.tab.close().await.doing("closing the tab")
    }

    /// What a script, or the promise it makes, comes to, as JSON. It runs as code of the page's own.
    pub async fn eval<T: DeserializeOwned>(&self, script: &str) -> Result<T, BrowserError> {
        self.eval_in(None, script).await
    }

    /// Calls a function, given as source, with JSON arguments.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        function: &str,
        arguments: &[&str],
    ) -> Result<T, BrowserError> {
        self.eval(&call(function, arguments)).await
    }

    pub(super) async fn eval_in<T: DeserializeOwned>(
        &self,
        world: Option<ExecutionContextId>,
        script: &str,
    ) -> Result<T, BrowserError> {
        let evaluation = EvaluateParams {
            context_id: world,
            return_by_value: Some(true),
            await_promise: Some(true),
            user_gesture: Some(true),
            ..EvaluateParams::new(script)
        };
        let doing = format!("running a script:\n  {}", beginning(script));
        let answer = self.tab.execute(evaluation).await.doing(&doing)?.result;
        if let Some(thrown) = answer.exception_details {
            let described = thrown.exception.and_then(|exception| exception.description);
            return Err(self.script_error(script, described.unwrap_or(thrown.text)).await);
        }
        match serde_json::from_value(answer.result.value.unwrap_or_default()) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.script_error(script, error.to_string()).await),
        }
    }

    async fn script_error(&self, script: &str, reason: String) -> BrowserError {
        let url = self.tab.url().await.ok().flatten().unwrap_or_default();
        BrowserError::Script { script: beginning(script), url, reason }
    }
}

/// As much of a script as a reader of an error needs.
fn beginning(script: &str) -> String {
    script.chars().take(400).collect()
}

/// The call as a script.
pub(super) fn call(function: &str, arguments: &[&str]) -> String {
    let arguments: Vec<_> =
        arguments.iter().map(|argument| serde_json::Value::from(*argument).to_string()).collect();
    format!("({function})({})", arguments.join(", "))
}
