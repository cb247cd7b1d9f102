//! A certificate authority for one test, and clients who trust it alone.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, Error, IsCa, KeyPair};
use tokio_rustls::rustls::{
    ClientConfig, RootCertStore, crypto::aws_lc_rs::default_provider, pki_types::CertificateDer,
};

/// A certificate authority.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key, in PEM.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The certificate.
    pub certificate: String,
    /// Its key.
    pub key: String,
}

/// A day: year, month, day of the month.
pub type Day = (i32, u8, u8);

impl Authority {
    /// A new one, with a key of its own.
    pub fn new() -> Result<Self, Error> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Ok(Self(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?))
    }

    /// Its own certificate, in PEM.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for these hosts that counts for some decades.
    pub fn issue(&self, hosts: &[&str]) -> Result<Issued, Error> {
        self.issue_for_days(hosts, (2020, 1, 1), (2060, 1, 1))
    }

    /// A certificate for these hosts from the beginning of one day to that of another.
    pub fn issue_for_days(&self, hosts: &[&str], from: Day, to: Day) -> Result<Issued, Error> {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut params = CertificateParams::new(hosts)?;
        params.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
        params.not_after = rcgen::date_time_ymd(to.0, to.1, to.2);
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.0)?;
        Ok(Issued { certificate: certificate.pem(), key: key.serialize_pem() })
    }

    /// How somebody connects who trusts this authority and no other, offering HTTP/1.1.
    ///
    /// # Panics
    ///
    /// When the authority's own certificate is none, which it is not.
    pub fn clients(&self) -> Arc<ClientConfig> {
        trusting(CertificateDer::from(self.0.der().to_vec()))
    }
}

/// How somebody connects who trusts this root and no other.
#[expect(clippy::expect_used, reason = "a test that cannot go on should stop there")]
pub(crate) fn trusting(root: CertificateDer<'static>) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(root).expect("it is a certificate");
    let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}
