//! Text forms with exactly one spelling per value. A second spelling of a signed or content-addressed value is how
//! two readers come to disagree about the same bytes.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Base64 of RFC 4648 §4, with padding.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The inverse of [`to_base64`]; missing padding and stray trailing bits are refused.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// A decimal without sign or leading zeroes, `0` itself apart.
pub(crate) fn from_decimal(text: &str) -> Option<u64> {
    let canonical =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if canonical { text.parse().ok() } else { None }
}

/// Lowercase hex.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 0x0f)]])
        .collect()
}

/// The inverse of [`to_hex`], for exactly `N` bytes; uppercase is refused.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = nibble(high)? << 4 | nibble(low)?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(from_decimal("0"), Some(0));
        assert_eq!(from_decimal("18446744073709551615"), Some(u64::MAX));
        for other in ["", "00", "01", "+1", "-1", " 1", "1 ", "18446744073709551616", "١"] {
            assert_eq!(from_decimal(other), None, "{other:?}");
        }
    }

    #[test]
    fn bytes_have_one_base64_spelling() {
        assert_eq!(from_base64("AQ=="), Some(vec![1]));
        for other in ["AQ", "AQ=", "AR==", "AQ==\n", "-_8="] {
            assert_eq!(from_base64(other), None, "{other:?}");
        }
    }

    #[test]
    fn bytes_have_one_hex_spelling() {
        assert_eq!(to_hex(&[0x0f, 0xa0]), "0fa0");
        assert_eq!(from_hex("0fa0"), Some([0x0f, 0xa0]));
        for other in ["0FA0", "0fa", "0fa00", "0fa0a0", "0xa0", "éa0"] {
            assert_eq!(from_hex::<2>(other), None, "{other:?}");
        }
    }
}
