//! Pictures of authenticators.

use super::base64;

const PREFIX: &str = "data:image/png;base64,";
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Larger pictures are left out.
const MAX_LEN: usize = 256 << 10;

/// A picture in PNG of at most 256 KiB.
///
/// SVG, which metadata may also have, is a document with scripts and links rather than a picture.
/// It is left out: to show it safely takes more than a name for its type.
#[derive(Clone, PartialEq, Eq)]
pub struct PngIcon(Vec<u8>);

impl PngIcon {
    /// Reads a `data:` URL.
    pub(super) fn from_data_url(url: &str) -> Option<Self> {
        let text = url.strip_prefix(PREFIX)?;
        // Four characters carry three bytes.
        if text.len() > MAX_LEN.div_ceil(3) * 4 {
            return None;
        }
        let bytes = base64::decode(text)?;
        (bytes.len() <= MAX_LEN && bytes.starts_with(SIGNATURE)).then_some(Self(bytes))
    }

    /// The file's bytes, to be served as `image/png`.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl core::fmt::Debug for PngIcon {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "PngIcon({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use ::base64::Engine as _;
    use ::base64::engine::general_purpose::STANDARD;

    use super::*;

    #[test]
    fn only_pngs_of_bounded_size_are_shown() {
        let url =
            |mime: &str, bytes: &[u8]| format!("data:{mime};base64,{}", STANDARD.encode(bytes));
        let png = |length: usize| [SIGNATURE, &vec![0; length - SIGNATURE.len()]].concat();
        let read = |url: &str| PngIcon::from_data_url(url).map(|icon| icon.as_bytes().len());
        assert_eq!(read(&url("image/png", &png(100))), Some(100));
        assert_eq!(read(&url("image/png", &png(MAX_LEN))), Some(MAX_LEN));
        for refused in [
            url("image/png", &png(MAX_LEN + 1)),
            url("image/png", &png(MAX_LEN * 2)),
            url("image/svg+xml", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            url("image/png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            url("text/html", &png(100)),
            "https://example.org/icon.png".to_owned(),
            "data:image/png;base64,!".to_owned(),
            String::new(),
        ] {
            assert_eq!(read(&refused), None, "{}", refused.get(..40).unwrap_or(&refused));
        }
    }
}
