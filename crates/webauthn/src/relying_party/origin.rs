//! The forms in which clients write who calls them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::RelyingPartyError;

/// Whether this is the origin of an Android app: 32 bytes in their one base64url form.
pub(super) fn is_android_app(origin: &str) -> bool {
    let Some(text) = origin.strip_prefix("android:apk-key-hash:") else { return false };
    // One byte more than fits, so that a longer text is told from a whole one.
    let mut hash = [0; 33];
    URL_SAFE_NO_PAD.decode_slice(text, &mut hash) == Ok(32)
}

/// The host of an origin in the form in which browsers serialise it: lower case, no default
/// port, no path. Secure contexts only.
pub(super) fn web_host(origin: &str) -> Result<&str, RelyingPartyError> {
    let parse = || {
        let (scheme, authority) = origin.split_once("://")?;
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let local = host == "localhost" || host.ends_with(".localhost");
        let default_port = match scheme {
            "https" => 443,
            "http" if local => 80,
            _ => return None,
        };
        if let Some(port) = port {
            let number: u16 = port.parse().ok()?;
            if number == default_port || number.to_string() != port {
                return None;
            }
        }
        is_domain(host).then_some(host)
    };
    parse().ok_or_else(|| RelyingPartyError::Origin(origin.to_owned()))
}

pub(super) fn is_domain(text: &str) -> bool {
    text.len() <= 253
        && text.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_android_app_is_named_by_32_bytes_in_one_form() {
        let hash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
        assert!(is_android_app(&format!("android:apk-key-hash:{hash}")));
        let (short, other_bits) = (&hash[..42], format!("{}V", &hash[..42]));
        for refused in [
            format!("android:apk-key-hash:{hash}="),
            format!("android:apk-key-hash:{hash}A"),
            format!("android:apk-key-hash:{hash}AAAAAAAAAAAAAAAAAAAAAAAA"),
            format!("android:apk-key-hash:{short}"),
            // The two lowest bits of the last character belong to no byte.
            format!("android:apk-key-hash:{other_bits}"),
            format!("android:apk-key-hash:{}", hash.replace('-', "+").replace('_', "/")),
            format!("android:apk-key-hash-sha256:{hash}"),
            format!("Android:apk-key-hash:{hash}"),
            format!(" android:apk-key-hash:{hash}"),
            "android:apk-key-hash:".to_owned(),
            hash.to_owned(),
        ] {
            assert!(!is_android_app(&refused), "{refused}");
        }
    }
}
