//! How TLS is spoken.

use std::sync::Arc;

use tokio_rustls::rustls::{
    Error, ServerConfig,
    crypto::aws_lc_rs::{Ticketer, default_provider},
    server::NoServerSessionStorage,
};

use crate::Kept;

/// What an authority speaks that looks for a proof (RFC 8737 §6.2).
pub(crate) const PROOF: &[u8] = b"acme-tls/1";

/// TLS 1.3 and 1.2 on aws-lc with HTTP/1.1 inside, with whatever pair is kept at each handshake.
///
/// An authority that looks for a proof may also shake hands; nothing is to be served to it.
///
/// Whoever comes back resumes by a ticket, which only costs this side a decryption; nothing is remembered
/// for them. Early data is not taken: it could be played again (RFC 8446 §8).
pub fn server_config(kept: Arc<Kept>) -> Result<Arc<ServerConfig>, Error> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(kept);
    config.alpn_protocols = vec![b"http/1.1".to_vec(), PROOF.to_vec()];
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.ticketer = Ticketer::new()?;
    Ok(Arc::new(config))
}
