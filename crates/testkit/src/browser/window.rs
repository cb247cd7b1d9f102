//! How large the window is, whether its owner likes it dark, what they speak, and pictures of it.

use std::path::Path;

use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetTouchEmulationEnabledParams,
    SetUserAgentOverrideParams,
};
use chromiumoxide::cdp::browser_protocol::page::{
    CaptureScreenshotFormat, CaptureScreenshotParams, Viewport as Clip,
};

use super::error::{BrowserError, Doing as _};
use super::page::Page;

/// The size of what is seen, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
    /// Device pixels for one CSS pixel.
    pub density: f64,
    /// Whether it is touched, and honours the page's `viewport` element.
    pub mobile: bool,
}

impl Viewport {
    /// A phone of the usual size.
    pub const PHONE: Self = Self { width: 390, height: 844, density: 3.0, mobile: true };
    /// A laptop.
    pub const DESKTOP: Self = Self { width: 1280, height: 800, density: 1.0, mobile: false };
}

/// What the person's system prefers (`prefers-color-scheme`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorScheme {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

impl Page {
    /// Makes the window this large.
    pub async fn set_viewport(&self, viewport: Viewport) -> Result<(), BrowserError> {
        let Viewport { width, height, density, mobile } = viewport;
        let size = SetDeviceMetricsOverrideParams::new(width, height, density, mobile);
        self.tab.execute(size).await.doing("setting the viewport")?;
        let touch = SetTouchEmulationEnabledParams::new(mobile);
        self.tab.execute(touch).await.doing("setting touch")?;
        Ok(())
    }

    /// Makes the person prefer this scheme.
    pub async fn set_color_scheme(&self, scheme: ColorScheme) -> Result<(), BrowserError> {
        let value = match scheme {
            ColorScheme::Light => "light",
            ColorScheme::Dark => "dark",
        };
        let preferences = vec![
            MediaFeature::new("prefers-color-scheme", value),
            // A contrast that is measured while one colour becomes another is nobody's.
            MediaFeature::new("prefers-reduced-motion", "reduce"),
        ];
        self.tab.emulate_media_features(preferences).await.doing("setting the scheme")?;
        Ok(())
    }

    /// Makes the person's browser ask for these languages (`Accept-Language`), from now on.
    pub async fn set_languages(&self, accept: &str) -> Result<(), BrowserError> {
        let name = self.eval::<String>("navigator.userAgent").await?;
        let mut set = SetUserAgentOverrideParams::new(name);
        set.accept_language = Some(accept.to_owned());
        self.tab.execute(set).await.doing("setting the languages")?;
        Ok(())
    }

    /// Writes a PNG of the whole page as it looks in this viewport, which the window then keeps.
    pub async fn screenshot(&self, path: &Path, viewport: Viewport) -> Result<(), BrowserError> {
        self.set_viewport(viewport).await?;
        let page = self.tab.layout_metrics().await.doing("measuring the page")?.css_content_size;
        let whole = CaptureScreenshotParams {
            format: Some(CaptureScreenshotFormat::Png),
            capture_beyond_viewport: Some(true),
            clip: Some(Clip { x: 0.0, y: 0.0, width: page.width, height: page.height, scale: 1.0 }),
            ..CaptureScreenshotParams::default()
        };
        let png = self.tab.screenshot(whole).await.doing("taking a screenshot")?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, png)?;
        Ok(())
    }
}
