//! The base64 inside entries. Published entries have had tabs and line breaks in it, and have
//! lacked its padding; none of that changes what it says.

use ::base64::Engine as _;
use ::base64::alphabet::STANDARD;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const TOLERANT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    TOLERANT.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_missing_padding_do_not_matter() {
        for text in ["+/8=", "+/8", "\t+/8=", "+\n/8=\r\n"] {
            assert_eq!(decode(text).as_deref(), Some(&[0xfb, 0xff][..]), "{text:?}");
        }
        for text in ["-_8=", "+/9", "+/8==", "+/8=+/8=", "+"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}
