//! Making a machine key: the private part stays in a file of its owner, the public part is printed.

use std::{
    fs::File,
    io::{ErrorKind, Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    process::ExitCode,
};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::{Engine, engine::general_purpose::STANDARD};
use firstkey_proof::signing::ProofSigner;
use rustls_pki_types::{PrivatePkcs8KeyDer, pem::PemObject};
use zeroize::Zeroizing;

use crate::commands::CommandError;

/// How much of a key file is read: a P-256 key takes a few hundred bytes.
const LONGEST: u64 = 16 * 1024;

/// Makes a key in a new file, and says what is to be registered.
pub fn make(out: &Path) -> Result<ExitCode, CommandError> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
        .map_err(|_| CommandError::said("no key could be made"))?;
    let der = pair.to_pkcs8v1().map_err(|_| CommandError::said("no key could be made"))?;
    let signer = ProofSigner::from_pkcs8(der.as_ref()).map_err(CommandError::failed)?;
    write_new(out, &pem(der.as_ref()))?;
    println!("{}", signer.public_key().to_json());
    eprintln!(
        "The private key is in {}. Register the line above in the console, under Machine keys; its \
         thumbprint is {}.",
        out.display(),
        signer.public_key().thumbprint()
    );
    Ok(ExitCode::SUCCESS)
}

/// The signer of a key file.
pub fn read(file: &Path) -> Result<ProofSigner, CommandError> {
    let wrong = |what: &dyn std::fmt::Display| {
        CommandError::said(format!("the key file {}: {what}", file.display()))
    };
    let opened = File::open(file).map_err(|error| wrong(&error))?;
    let mode = opened.metadata().map_err(|error| wrong(&error))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(wrong(&"others may read or write it: give it the mode 0600"));
    }
    let mut pem = Zeroizing::new(Vec::new());
    opened.take(LONGEST).read_to_end(&mut pem).map_err(|error| wrong(&error))?;
    let der = PrivatePkcs8KeyDer::from_pem_slice(&pem)
        .map_err(|_| wrong(&"it holds no private key in PEM"))?;
    ProofSigner::from_pkcs8(der.secret_pkcs8_der()).map_err(|error| wrong(&error))
}

/// A file that is there already is somebody's key, and stays.
fn write_new(out: &Path, pem: &str) -> Result<(), CommandError> {
    let opened = File::options().write(true).create_new(true).mode(0o600).open(out);
    let mut file = opened.map_err(|error| {
        CommandError::said(match error.kind() {
            ErrorKind::AlreadyExists => {
                format!("{} is there already; choose another file", out.display())
            }
            _ => format!("{}: {error}", out.display()),
        })
    })?;
    file.write_all(pem.as_bytes())?;
    Ok(file.sync_all()?)
}

/// PKCS #8 as RFC 7468 §10 writes it.
fn pem(der: &[u8]) -> Zeroizing<String> {
    let text = Zeroizing::new(STANDARD.encode(der));
    let mut pem = Zeroizing::new(String::from("-----BEGIN PRIVATE KEY-----\n"));
    for line in text.as_bytes().chunks(64) {
        pem.push_str(str::from_utf8(line).unwrap_or_default());
        pem.push('\n');
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    pem
}
