//! Whether everybody can use a page, and pictures of it for the README.

use std::path::Path;

use firstkey_testkit::browser::{ColorScheme, Page, Viewport};

/// Brings everything that moves to where it is going. Waiting for it would wait for frames, which a
/// tab behind another does not always get.
const SETTLE: &str = "document.getAnimations()
    .filter(({ effect }) => effect.getTiming().iterations !== Infinity)
    .forEach((animation) => animation.finish())";

/// The same phone, in a picture that loads fast.
pub const PHONE: Viewport = Viewport { density: 1.3, ..Viewport::PHONE };
/// The same laptop, likewise.
pub const LAPTOP: Viewport = Viewport { density: 0.9, ..Viewport::DESKTOP };

/// Everybody can use the page as it is now, in the light and in the dark, and it is not too wide.
pub async fn is_for_everybody(page: &Page, what: &str) {
    for scheme in [ColorScheme::Dark, ColorScheme::Light] {
        wear(page, scheme).await;
        let violations = page.accessibility_violations().await.unwrap();
        let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "{what}, {scheme:?}: {}", told.join("\n"));
    }
    let overflow: i32 = page
        .eval("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .await
        .unwrap();
    assert!(overflow <= 0, "{what} is {overflow} px too wide");
}

/// Keeps a picture of the page when `cargo xtask screenshots` asks for it.
pub async fn picture(page: &Page, name: &str, viewport: Viewport) {
    let Some(folder) = std::env::var_os("FIRSTKEY_SCREENSHOTS") else { return };
    // Nothing has the focus in a picture.
    page.eval::<Option<bool>>("document.activeElement?.blur(), null").await.unwrap();
    page.set_viewport(viewport).await.unwrap();
    page.eval::<Option<bool>>(SETTLE).await.unwrap();
    page.screenshot(&Path::new(&folder).join(format!("{name}.png")), viewport).await.unwrap();
}

/// Shows the page as this scheme colours it.
pub async fn wear(page: &Page, scheme: ColorScheme) {
    page.set_color_scheme(scheme).await.unwrap();
    page.eval::<Option<bool>>(SETTLE).await.unwrap();
}
