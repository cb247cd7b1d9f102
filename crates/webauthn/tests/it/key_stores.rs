//! What holds for the certificates of every platform's key store: Android's and Apple's.

use firstkey_testkit::authenticator::{Algorithm as Soft, KeyStore};
use firstkey_webauthn::AttestationError;
use rcgen::{BasicConstraints, IsCa};

use crate::attested::BROKEN_CHAINS;

/// A change of a key store that its certificate must not survive.
pub(crate) type Change<'a> = &'a dyn Fn(&mut KeyStore);

/// Why a registration is refused whose key store is changed like this.
type Refused = fn(Change<'_>) -> AttestationError;

/// The certificate is for the credential's key: not for one of the same curve, of another, or of another
/// kind.
pub(crate) fn certify_the_credentials_key(refused: Refused) {
    for other in [Soft::Es256, Soft::Es384, Soft::Es512, Soft::EdDsa, Soft::Rs256] {
        let error = refused(&|store| store.other_key = Some(other));
        assert_eq!(error, AttestationError::CertificateKey, "{other:?}");
    }
}

/// The format's own extension is there, once.
pub(crate) fn have_their_extension_once(refused: Refused, missing: &AttestationError) {
    let bare = refused(&|store| store.certificate = |params| params.custom_extensions.clear());
    assert_eq!(bare, *missing);
    let twice = refused(&|store| {
        store.certificate = |params| params.custom_extensions.extend_from_within(..);
    });
    assert!(matches!(twice, AttestationError::Certificate(_)));
}

/// Whoever attests is no authority.
pub(crate) fn are_no_authorities(refused: Refused) {
    let authority = refused(&|store| {
        store.certificate = |params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    assert_eq!(authority, AttestationError::Profile("it is an authority's"));
}

/// Each certificate that is sent along can be read.
pub(crate) fn are_whole(refused: Refused) {
    for spoil in BROKEN_CHAINS {
        let error = refused(&|store| store.chain = spoil);
        assert!(matches!(error, AttestationError::Certificate(_)));
    }
}
