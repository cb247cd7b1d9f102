//! Android apps, as people write them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// What stands before the hash in the origin of an app.
const SCHEME: &str = "android:apk-key-hash:";

/// The origin of the app that is signed with this certificate: its SHA-256 in base64url, with what
/// stands before it in an origin or without, or in the form that `keytool -list -v` prints, such as
/// `E3:B0:C4:…`. `None` when it is neither.
pub fn origin(text: &str) -> Option<String> {
    let hash = text.strip_prefix(SCHEME).unwrap_or(text);
    let bytes =
        if hash.contains(':') { printed(hash)? } else { URL_SAFE_NO_PAD.decode(hash).ok()? };
    (bytes.len() == 32).then(|| format!("{SCHEME}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

fn printed(hash: &str) -> Option<Vec<u8>> {
    let is_byte = |pair: &str| pair.len() == 2 && pair.bytes().all(|each| each.is_ascii_hexdigit());
    hash.split(':')
        .map(|pair| is_byte(pair).then(|| u8::from_str_radix(pair, 16).ok()).flatten())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "android:apk-key-hash:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    const PRINTED: &str = "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:\
                           A4:95:99:1B:78:52:B8:55";

    #[test]
    fn a_certificate_is_named_by_its_hash_however_it_is_written() {
        let hash = ORIGIN.strip_prefix(SCHEME).unwrap();
        for text in [ORIGIN, hash, PRINTED, &PRINTED.to_lowercase()] {
            assert_eq!(origin(text).as_deref(), Some(ORIGIN), "{text}");
        }
    }

    #[test]
    fn whatever_else_is_written_is_refused() {
        let hash = ORIGIN.strip_prefix(SCHEME).unwrap();
        for text in [
            "",
            SCHEME,
            "https://example.org",
            "com.example.app",
            &format!("{hash}="),
            &hash.replace('-', "+"),
            &hash[..42],
            &PRINTED[3..],
            &format!("{PRINTED}:00"),
            &PRINTED.replace(':', ""),
            &PRINTED.replace("E3", "+3"),
            &PRINTED.replace("E3", "E 3"),
        ] {
            assert_eq!(origin(text), None, "{text}");
        }
    }
}
