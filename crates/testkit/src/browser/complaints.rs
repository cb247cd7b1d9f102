//! What the browser itself finds wrong with a page.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntryLevel, LogEntrySource};
use chromiumoxide::cdp::js_protocol::runtime::{
    ConsoleApiCalledType, EventConsoleApiCalled, EventExceptionThrown, RemoteObject,
};
use futures_util::StreamExt as _;
use tokio::task::JoinSet;

use super::error::{BrowserError, Doing as _};
use super::page::Page;

/// One line that a developer would see in red.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Who complains.
    pub kind: ComplaintKind,
    /// What about.
    pub text: String,
}

/// Where a complaint comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComplaintKind {
    /// The page called `console.error` or `console.assert`.
    Console,
    /// A script threw, or a promise was rejected, and nobody caught it.
    Exception,
    /// The page tried what its content security policy or Trusted Types forbid.
    SecurityPolicy,
    /// A response had an error status or did not come. A refusal may be just what a test wants.
    Network,
    /// The browser intervened in another way.
    Other,
}

impl Page {
    /// Everything complained about so far in this tab, whatever document was shown.
    pub async fn complaints(&self) -> Result<Vec<Complaint>, BrowserError> {
        // Events arrive in order, so after an answer all earlier ones are here; the tasks that sort
        // them get a moment to do so.
        let () = self.eval("null").await?;
        tokio::time::sleep(Duration::from_millis(50)).await;
        Ok(self.listener.complaints.take())
    }

    /// Fails the test if there was a complaint other than about the network.
    ///
    /// # Panics
    ///
    /// If there was one, with all of them.
    pub async fn assert_no_complaints(&self) {
        let complaints = match self.complaints().await {
            Ok(complaints) => complaints,
            Err(error) => panic!("{error}"),
        };
        let serious: Vec<String> = complaints
            .iter()
            .filter(|complaint| complaint.kind != ComplaintKind::Network)
            .map(ToString::to_string)
            .collect();
        assert!(serious.is_empty(), "the browser complained:\n{}", serious.join("\n"));
    }
}

/// Collects complaints until the page is dropped.
pub(super) struct Listener {
    complaints: Complaints,
    _tasks: JoinSet<()>,
}

#[derive(Clone, Default)]
struct Complaints(Arc<Mutex<Vec<Complaint>>>);

impl Complaints {
    fn add(&self, kind: ComplaintKind, text: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Complaint { kind, text });
    }

    fn take(&self) -> Vec<Complaint> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Listener {
    pub(super) async fn start(tab: &chromiumoxide::Page) -> Result<Self, BrowserError> {
        const DOING: &str = "listening to the console";
        let complaints = Complaints::default();
        let mut tasks = JoinSet::new();

        let mut entries = tab.event_listener::<EventEntryAdded>().await.doing(DOING)?;
        let sink = complaints.clone();
        tasks.spawn(async move {
            while let Some(event) = entries.next().await {
                if event.entry.level == LogEntryLevel::Error {
                    let at = event.entry.url.as_deref().unwrap_or_default();
                    sink.add(kind_of(&event.entry.source), format!("{} {at}", event.entry.text));
                }
            }
        });

        let mut calls = tab.event_listener::<EventConsoleApiCalled>().await.doing(DOING)?;
        let sink = complaints.clone();
        tasks.spawn(async move {
            while let Some(event) = calls.next().await {
                if matches!(
                    event.r#type,
                    ConsoleApiCalledType::Error | ConsoleApiCalledType::Assert
                ) {
                    let words: Vec<String> = event.args.iter().map(shown).collect();
                    sink.add(ComplaintKind::Console, words.join(" "));
                }
            }
        });

        let mut exceptions = tab.event_listener::<EventExceptionThrown>().await.doing(DOING)?;
        let sink = complaints.clone();
        tasks.spawn(async move {
            while let Some(event) = exceptions.next().await {
                let details = &event.exception_details;
                let thrown = details.exception.as_ref().map(shown).unwrap_or_default();
                sink.add(ComplaintKind::Exception, format!("{} {thrown}", details.text));
            }
        });

        tab.enable_log().await.doing(DOING)?;
        Ok(Self { complaints, _tasks: tasks })
    }
}

fn kind_of(source: &LogEntrySource) -> ComplaintKind {
    match source {
        LogEntrySource::Security => ComplaintKind::SecurityPolicy,
        LogEntrySource::Network => ComplaintKind::Network,
        LogEntrySource::Javascript => ComplaintKind::Exception,
        _ => ComplaintKind::Other,
    }
}

fn shown(value: &RemoteObject) -> String {
    match (&value.description, &value.value) {
        (Some(description), _) => description.clone(),
        (None, Some(serde_json::Value::String(text))) => text.clone(),
        (None, value) => value.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.kind, self.text)
    }
}
