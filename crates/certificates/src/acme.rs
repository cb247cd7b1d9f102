//! Certificates by ACME (RFC 8555), with proofs inside of TLS (TLS-ALPN-01, RFC 8737): the port on which the
//! server is reached anyway is the only one that the authority needs to reach.

use std::{fs, io, path::PathBuf};

use instant_acme::{
    Account, AccountBuilder, AccountCredentials, AuthorizationStatus, ChallengeType, Identifier,
    NewAccount, NewOrder, Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls_pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{crypto::aws_lc_rs::sign::any_supported_type, sign::CertifiedKey};

use crate::{Kept, Pair, PairError};

/// How long to ask for what the authority is about to do.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(std::time::Duration::from_secs(120));
/// The account at the authority, with its key.
const ACCOUNT: &str = "account.json";
/// The last pair: the key, then the chain, so that one cannot be there without the other.
const PAIR: &str = "pair.pem";

/// Where certificates come from.
#[derive(Debug, Clone)]
pub struct Acme {
    /// The address of the authority's directory.
    pub directory: String,
    /// Whom the authority writes to; empty for nobody.
    pub contact: String,
    /// Who signed the authority's own certificate, when it is none that the system trusts.
    pub authority: Option<PathBuf>,
    /// Where the account and the last pair are kept.
    pub folder: PathBuf,
}

/// No certificate was had.
#[derive(Debug, thiserror::Error)]
pub enum AcmeError {
    /// The authority said no, or did not answer.
    #[error("the authority: {0}")]
    Authority(#[from] instant_acme::Error),
    /// It wants another proof than we can give.
    #[error("the authority offers no tls-alpn-01 for {0}")]
    NoProof(String),
    /// It was not convinced.
    #[error("the authority was not convinced that the names are ours: {0}")]
    Unconvinced(String),
    /// A proof could not be made.
    #[error("a proof could not be made: {0}")]
    Proof(#[from] rcgen::Error),
    /// The key of a proof cannot be used.
    #[error("a proof could not be made: {0}")]
    Signer(String),
    /// What it signed is no pair.
    #[error("what the authority signed cannot be used: {0}")]
    Pair(#[from] PairError),
    /// Something about files.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    /// The account cannot be read.
    #[error("{0} is no account: {1}")]
    Account(PathBuf, serde_json::Error),
}

impl Acme {
    /// The last pair that was had, if any.
    pub fn last(&self) -> Result<Option<Pair>, AcmeError> {
        let path = self.folder.join(PAIR);
        match fs::read(&path) {
            Ok(pem) => Ok(Some(Pair::from_pem(&pem, &pem)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(AcmeError::Io(path, error)),
        }
    }

    /// Has a new pair signed for these hosts. Meanwhile `kept` proves that they are ours. `write` puts a
    /// file where only we can read it, whole or not at all.
    pub async fn obtain(
        &self,
        hosts: &[String],
        kept: &Kept,
        write: &(dyn Fn(&std::path::Path, &[u8]) -> io::Result<()> + Sync),
    ) -> Result<Pair, AcmeError> {
        let account = self.account(write).await?;
        let names: Vec<_> = hosts.iter().cloned().map(Identifier::Dns).collect();
        let mut order = account.new_order(&NewOrder::new(&names)).await?;
        {
            let _proving = Proving(kept);
            prove(&mut order, kept).await?;
        }
        let key = order.finalize().await?;
        let chain = order.poll_certificate(&PATIENCE).await?;
        let pair = Pair::from_pem(chain.as_bytes(), key.as_bytes())?;
        self.keep(write, PAIR, format!("{key}{chain}").as_bytes())?;
        Ok(pair)
    }

    /// Our account there, made on first use.
    async fn account(
        &self,
        write: &(dyn Fn(&std::path::Path, &[u8]) -> io::Result<()> + Sync),
    ) -> Result<Account, AcmeError> {
        let path = self.folder.join(ACCOUNT);
        match fs::read(&path) {
            Ok(json) => {
                let known: AccountCredentials = serde_json::from_slice(&json)
                    .map_err(|error| AcmeError::Account(path.clone(), error))?;
                return Ok(self.builder()?.from_credentials(known).await?);
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(AcmeError::Io(path, error));
            }
            Err(_) => {}
        }
        let contact = format!("mailto:{}", self.contact);
        let contact: &[&str] = if self.contact.is_empty() { &[] } else { &[&contact] };
        let new =
            NewAccount { contact, terms_of_service_agreed: true, only_return_existing: false };
        let (account, credentials) =
            self.builder()?.create(&new, self.directory.clone(), None).await?;
        let json =
            serde_json::to_vec(&credentials).map_err(|error| AcmeError::Account(path, error))?;
        self.keep(write, ACCOUNT, &json)?;
        Ok(account)
    }

    fn builder(&self) -> Result<AccountBuilder, instant_acme::Error> {
        match &self.authority {
            Some(authority) => Account::builder_with_root(authority),
            None => Account::builder(),
        }
    }

    fn keep(
        &self,
        write: &(dyn Fn(&std::path::Path, &[u8]) -> io::Result<()> + Sync),
        name: &str,
        bytes: &[u8],
    ) -> Result<(), AcmeError> {
        let path = self.folder.join(name);
        write(&path, bytes).map_err(|error| AcmeError::Io(path, error))
    }
}

/// While it is there, names are being proven. Whoever asked may give up in the middle, and then nothing is
/// proven any more either.
struct Proving<'a>(&'a Kept);

impl Drop for Proving<'_> {
    fn drop(&mut self) {
        self.0.forget_proofs();
    }
}

/// Shows for each name of the order that it is ours.
async fn prove(order: &mut Order, kept: &Kept) -> Result<(), AcmeError> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let host = authorization.identifier().to_string();
        let mut challenge = authorization
            .challenge(ChallengeType::TlsAlpn01)
            .ok_or_else(|| AcmeError::NoProof(host.clone()))?;
        let digest = challenge.key_authorization().digest();
        kept.prove(&host, proof(&host, digest.as_ref())?);
        challenge.set_ready().await?;
    }
    match order.poll_ready(&PATIENCE).await? {
        OrderStatus::Ready => Ok(()),
        status => {
            let why = order.state().error.as_ref().map(ToString::to_string);
            Err(AcmeError::Unconvinced(why.unwrap_or_else(|| format!("{status:?}"))))
        }
    }
}

/// The certificate that proves a name (RFC 8737 §3).
fn proof(host: &str, digest: &[u8]) -> Result<CertifiedKey, AcmeError> {
    let mut params = CertificateParams::new(vec![host.to_owned()])?;
    params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    // Not a `Pair`: its extension is critical, and whoever judges certificates for browsers must refuse it.
    let signer = any_supported_type(&PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .map_err(|error| AcmeError::Signer(error.to_string()))?;
    Ok(CertifiedKey::new(vec![certificate.der().clone()], signer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_gives_up_in_the_middle_proves_nothing_any_more() {
        let kept = Kept::default();
        let proving = async {
            let _proving = Proving(&kept);
            kept.prove("join.example.org", proof("join.example.org", &[7; 32]).unwrap());
            std::future::pending::<()>().await;
        };
        let mut proving = Box::pin(proving);
        assert!(poll(proving.as_mut()).is_pending());
        assert!(kept.proof("join.example.org").is_some());
        drop(proving);
        assert!(kept.proof("join.example.org").is_none());
    }

    fn poll<F: Future>(future: std::pin::Pin<&mut F>) -> std::task::Poll<F::Output> {
        future.poll(&mut std::task::Context::from_waker(std::task::Waker::noop()))
    }
}
