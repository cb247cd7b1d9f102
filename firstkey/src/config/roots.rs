//! `attestation.metadata_roots`: the roots above the signer of FIDO metadata.

use std::path::{Path, PathBuf};

use firstkey_app::metadata::fido_roots;
use firstkey_webauthn::TrustAnchor;
use rustls_pki_types::{CertificateDer, pem::PemObject};

use super::ConfigError;

/// The roots in these files, or those that come with Firstkey when none is named.
pub(super) fn read(files: &[PathBuf]) -> Result<Vec<TrustAnchor>, ConfigError> {
    if files.is_empty() {
        return Ok(fido_roots());
    }
    let mut roots = Vec::new();
    for file in files {
        roots.extend(in_file(file).map_err(|why| ConfigError::NoRoot(file.clone(), why))?);
    }
    Ok(roots)
}

/// All roots in a file. Each must be readable: a root that is quietly missing is looked for on the
/// day when the metadata it signed is refused.
fn in_file(file: &Path) -> Result<Vec<TrustAnchor>, String> {
    let pem = std::fs::read(file).map_err(|error| error.to_string())?;
    let mut roots = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.push(TrustAnchor::from_der(&certificate).map_err(|error| error.to_string())?);
    }
    if roots.is_empty() {
        return Err("there is no certificate in it; it must be a PEM file".to_owned());
    }
    Ok(roots)
}
