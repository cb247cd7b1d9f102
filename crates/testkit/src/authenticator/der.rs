//! The few DER items that the test kit writes itself.

/// A tag, a length and a value.
pub(super) fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let head = match value.len() {
        0..0x80 => vec![tag, length[7]],
        0x80..0x100 => vec![tag, 0x81, length[7]],
        _ => vec![tag, 0x82, length[6], length[7]],
    };
    [&head, value].concat()
}

/// An explicitly tagged value; numbers above 30 take more than one byte (`X.690 §8.1.2.4`).
pub(super) fn explicit(number: u16, value: &[u8]) -> Vec<u8> {
    let [high, low] = [number >> 7, number & 0x7f].map(|bits| bits.to_be_bytes()[1]);
    if number <= 30 {
        tlv(0xa0 | low, value)
    } else {
        let mut field = tlv(low, value);
        let tag = if high == 0 { vec![0xbf] } else { vec![0xbf, 0x80 | high] };
        field.splice(0..0, tag);
        field
    }
}
