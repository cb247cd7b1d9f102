//! Whether a certificate names a host.

use rustls_pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{client::verify_server_name, server::ParsedCertificate};

/// Whether the certificate names this host among its subject's alternative names (RFC 9525 §6).
pub(crate) fn is_for(certificate: &CertificateDer<'_>, host: &str) -> bool {
    let (Ok(parsed), Ok(name)) =
        (ParsedCertificate::try_from(certificate), ServerName::try_from(host))
    else {
        return false;
    };
    verify_server_name(&parsed, &name).is_ok()
}
