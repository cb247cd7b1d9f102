//! What a page may lack: its network, or something that other browsers have.

use chromiumoxide::cdp::browser_protocol::network::{
    EmulateNetworkConditionsByRuleParams, EnableParams, NetworkConditions,
    OverrideNetworkStateParams,
};
use chromiumoxide::cdp::browser_protocol::page::AddScriptToEvaluateOnNewDocumentParams;

use super::error::{BrowserError, Doing as _};
use super::page::Page;

impl Page {
    /// Runs this script in every document that the tab shows from now on, before its own scripts:
    /// for browsers that lack something.
    pub async fn before_scripts(&self, script: &str) -> Result<(), BrowserError> {
        let add = AddScriptToEvaluateOnNewDocumentParams::new(script);
        self.tab.execute(add).await.doing("adding a script")?;
        Ok(())
    }

    /// Takes the device's network away, or gives it back. The page is told, as by an aeroplane mode.
    pub async fn set_offline(&self, is_offline: bool) -> Result<(), BrowserError> {
        self.tab.execute(EnableParams::default()).await.doing("watching the network")?;
        let everything = NetworkConditions::new("", 0.0, -1.0, -1.0);
        let set = EmulateNetworkConditionsByRuleParams::new(is_offline, vec![everything]);
        self.tab.execute(set).await.doing("setting the network")?;
        let tell = OverrideNetworkStateParams::new(is_offline, 0.0, -1.0, -1.0);
        self.tab.execute(tell).await.doing("telling of the network")?;
        Ok(())
    }
}
