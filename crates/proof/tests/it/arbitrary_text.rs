//! Whatever arrives, reading it neither panics nor succeeds by accident.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use firstkey_proof::{
    NonceKey, ProofId, PublicJwk, Statement, StatementKey, Thumbprint, UnverifiedProof,
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any::<String>(), now in any::<i64>()) {
        prop_assert!(UnverifiedProof::parse(&text).is_err());
        prop_assert!(PublicJwk::from_json(&text).is_err());
        prop_assert!(NonceKey::new([1; 32]).check(&text, now).is_err());
        let statement = Statement { purpose: "p", thumbprint: Thumbprint::from_bytes([0; 32]) };
        prop_assert!(StatementKey::new([1; 32]).verify(&text, &statement, now).is_err());
        if let Ok(id) = text.parse::<ProofId>() {
            prop_assert_eq!(id.as_str(), &text);
        }
        if let Ok(thumbprint) = text.parse::<Thumbprint>() {
            prop_assert_eq!(thumbprint.to_string(), text);
        }
    }

    #[test]
    fn any_header_is_read_without_panic(
        header in "\\{(\"(typ|alg|jwk|crit|x)\":(\"ES256\"|\"firstkey-proof\\+jwt\"|\\{\\}|\\[\\]|null|1),?){0,5}\\}",
        payload in any::<Vec<u8>>(),
    ) {
        let text = format!("{}.{}.{}", BASE64URL.encode(header), BASE64URL.encode(payload), BASE64URL.encode([1; 64]));
        prop_assert!(UnverifiedProof::parse(&text).is_err());
    }

    #[test]
    fn any_point_is_read_without_panic(point in proptest::collection::vec(any::<u8>(), 0..80)) {
        if let Ok(key) = PublicJwk::from_uncompressed_point(&point) {
            prop_assert_eq!(&key.uncompressed_point()[..], &point);
        }
    }

    #[test]
    fn a_nonce_lives_exactly_as_long_as_it_says(issued in 0..i64::MAX - 1000, later in -1000..1000_i64) {
        let key = NonceKey::new([1; 32]);
        let checked = key.check(&key.issue(issued, [0; 8]), issued.saturating_add(later));
        prop_assert_eq!(checked.is_ok(), (0..300).contains(&later));
    }
}
