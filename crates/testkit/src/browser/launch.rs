//! Starting the browser, and people's profiles in it.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chromiumoxide::BrowserConfig;
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::target::{
    CreateBrowserContextParams, CreateTargetParams,
};
use futures_util::StreamExt as _;
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::error::{BrowserError, Doing as _};
use super::page::Page;

/// A running Chromium. It ends when the last [`Page`] and [`Profile`] of it are gone.
#[derive(Clone)]
pub struct Browser {
    process: Arc<Process>,
}

/// What one person's browser remembers, apart from everybody else's.
#[derive(Clone)]
pub struct Profile {
    process: Arc<Process>,
    context: BrowserContextId,
}

pub(super) struct Process {
    browser: chromiumoxide::Browser,
    events: JoinHandle<()>,
    folder: TempDir,
}

impl Browser {
    /// Starts the browser that `FIRSTKEY_CHROMIUM` names, or else the first one in `PATH`.
    ///
    /// It talks to nobody by itself: no updates, no synchronisation, no first-run pages. It has no
    /// sandbox, which root could not use and pages of ours do not need.
    pub async fn launch() -> Result<Self, BrowserError> {
        let folder = TempDir::with_prefix("firstkey-browser-")?;
        let mut config = BrowserConfig::builder()
            .user_data_dir(folder.path())
            // What it leaves beside its profile goes into the same folder, and away with it.
            .env("TMPDIR", folder.path().to_string_lossy())
            .new_headless_mode()
            .no_sandbox()
            .viewport(None)
            .args([
                "disable-gpu",
                "disable-quic",
                "disable-component-update",
                "disable-domain-reliability",
                "no-default-browser-check",
                "no-pings",
            ]);
        if let Some(executable) = std::env::var_os("FIRSTKEY_CHROMIUM") {
            config = config.chrome_executable(executable);
        }
        let config = config.build().map_err(BrowserError::Launch)?;
        let (browser, mut handler) = chromiumoxide::Browser::launch(config)
            .await
            .map_err(|error| BrowserError::Launch(error.to_string()))?;
        let events = tokio::spawn(async move { while handler.next().await.is_some() {} });
        Ok(Self { process: Arc::new(Process { browser, events, folder }) })
    }

    /// Where all of it lives, until it ends.
    pub fn folder(&self) -> &Path {
        self.process.folder.path()
    }

    /// A new person's browser, which remembers nothing yet.
    pub async fn profile(&self) -> Result<Profile, BrowserError> {
        let create = CreateBrowserContextParams::default();
        let context =
            self.process.browser.create_browser_context(create).await.doing("making a profile")?;
        Ok(Profile { process: Arc::clone(&self.process), context })
    }
}

impl Profile {
    /// An empty tab.
    pub async fn page(&self) -> Result<Page, BrowserError> {
        let target = CreateTargetParams::builder()
            .url("about:blank")
            .browser_context_id(self.context.clone())
            .build()
            .map_err(BrowserError::Launch)?;
        let tab = self.process.browser.new_page(target).await.doing("opening a tab")?;
        Page::new(tab, Arc::clone(&self.process)).await
    }

    /// A tab at this address.
    pub async fn open(&self, url: &str) -> Result<Page, BrowserError> {
        let page = self.page().await?;
        page.goto(url).await?;
        Ok(page)
    }
}

/// How long a killed browser may take to be gone. It takes a moment, and longer where much else runs.
const LAST_BREATH: Duration = Duration::from_secs(15);
const MOMENT: Duration = Duration::from_millis(10);

/// Tries until it is so. Blocks, because it is for dropping.
fn within(limit: Duration, mut is_so: impl FnMut() -> bool) {
    let ends = Instant::now() + limit;
    while !is_so() && Instant::now() < ends {
        std::thread::sleep(MOMENT);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.events.abort();
        if let Some(child) = self.browser.get_mut_child() {
            // A process that has ended already needs no killing.
            _ = child.as_mut_inner().start_kill();
            within(LAST_BREATH, || matches!(child.try_wait(), Ok(Some(_))));
        }
        // Its own children outlive it by a moment, and write.
        within(LAST_BREATH, || {
            _ = std::fs::remove_dir_all(self.folder.path());
            std::thread::sleep(MOMENT);
            !self.folder.path().exists()
        });
    }
}
