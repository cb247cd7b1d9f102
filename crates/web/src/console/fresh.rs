//! Pages that notice when what they show has moved.

use axum::response::{IntoResponse, Response};
use firstkey_domain::Digest;

/// What a page shows, in a few letters. The page asks for it again every few seconds (`HEAD`), and
/// loads itself anew when it differs. Without scripts a page is as fresh as its last load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Freshness(String);

impl Freshness {
    /// What is shown, as parts whose every change counts.
    pub(super) fn of(parts: &[String]) -> Self {
        let parts: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
        Self(Digest::of_parts("page", &parts).to_string()[..16].to_owned())
    }

    /// The letters, for `data-state`.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Sends them with the page.
    pub(super) fn tell(self, page: Response) -> Response {
        ([("firstkey-state", self.0)], page).into_response()
    }
}
