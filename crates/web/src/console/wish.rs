//! Where somebody wanted to go before they were asked to sign in.

use std::fmt::Write as _;

use axum::http::Uri;

/// A path of our own origin, query included. Never another site: an address that looks like ours and
/// leads away would be a gift to whoever phishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish(String);

impl Wish {
    /// What a request asks for.
    pub(super) fn of(uri: &Uri) -> Self {
        Self::from_text(uri.path_and_query().map_or("/", |path| path.as_str()))
    }

    /// Reads what the sign-in page's address carries; the start page when it is none of ours.
    pub(super) fn from_text(text: &str) -> Self {
        // Browsers read `//host` and `/\host` as another site.
        let is_ours = text.starts_with('/')
            && !text.starts_with("//")
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        Self(if is_ours { text.to_owned() } else { "/".to_owned() })
    }

    /// The path.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The sign-in page that leads there.
    pub(super) fn sign_in(&self) -> String {
        if self.0 == "/" {
            return "/sign-in".to_owned();
        }
        let mut address = "/sign-in?to=".to_owned();
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                address.push(char::from(byte));
            } else {
                // Writing into a string does not fail.
                let _ = write!(address, "%{byte:02X}");
            }
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        for ours in ["/", "/waiting", "/people?search=ana&after=1"] {
            assert_eq!(Wish::from_text(ours).as_str(), ours);
        }
        for other in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "me"]
        {
            assert_eq!(Wish::from_text(other).as_str(), "/", "{other:?}");
        }
    }

    #[test]
    fn the_sign_in_page_is_told_the_whole_wish() {
        let wish = Wish::from_text("/people?search=a&after=1");
        assert_eq!(wish.sign_in(), "/sign-in?to=/people%3Fsearch%3Da%26after%3D1");
        assert_eq!(Wish::from_text("/").sign_in(), "/sign-in");
    }
}
