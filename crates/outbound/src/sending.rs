//! One request and its answer.

use std::{error::Error as _, net::IpAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls_pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs::default_provider};

use crate::{
    Reach,
    dialled::{Forbidden, Judged},
};

/// The longest answer that is read, in bytes.
const ANSWER: usize = 64 * 1024;
/// How long a connection waits for the next request.
const IDLE: Duration = Duration::from_secs(20);

/// Makes requests. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Outbound {
    client: Client<HttpsConnector<HttpConnector<Judged>>, Full<Bytes>>,
    reach: Reach,
    patience: Duration,
}

/// There is nobody whose certificates could be trusted.
#[derive(Debug, thiserror::Error)]
pub enum RootsError {
    /// Neither the system nor the caller names a root.
    #[error("the system trusts no certificate authority, and none was given")]
    None,
    /// One that was given is none.
    #[error("a certificate authority that was given cannot be used: {0}")]
    Unusable(#[from] tokio_rustls::rustls::Error),
}

/// A request had no answer. Whether it arrived is not known, but for the first three.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// The address does not begin with https, or names no host.
    #[error("{0} is no https:// address")]
    NotHttps(Uri),
    /// It is an address at which nothing may be asked.
    #[error("{0} is an address of a private network or of this host, where nothing is sent")]
    Forbidden(IpAddr),
    /// There is no connection: the name, the network or the certificate.
    #[error("no connection: {0}")]
    Connection(String),
    /// It was broken off.
    #[error("broken off: {0}")]
    BrokenOff(String),
    /// It took longer than we wait.
    #[error("no answer within {} seconds", .0.as_secs_f32())]
    Late(Duration),
    /// The answer is longer than what is read.
    #[error("the answer is longer than {ANSWER} bytes")]
    Long,
}

impl Outbound {
    /// One that trusts what the system trusts and `roots` besides, dials within `reach`, and waits so long for
    /// a whole answer.
    pub fn new(
        roots: &[CertificateDer<'static>],
        reach: Reach,
        patience: Duration,
    ) -> Result<Self, RootsError> {
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        for root in roots {
            store.add(root.clone())?;
        }
        if store.is_empty() {
            return Err(RootsError::None);
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(store)
            .with_no_client_auth();
        let mut tcp = HttpConnector::new_with_resolver(Judged(reach));
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_only()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(1)
            .build(connector);
        Ok(Self { client, reach, patience })
    }

    /// Sends a request, once, and reads the whole answer, whatever its status.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Unanswered> {
        self.judge(request.uri())?;
        let asked = self.client.request(request.map(Full::new));
        let whole = async {
            let (head, body) = asked.await.map_err(|error| unanswered(&error))?.into_parts();
            let body =
                Limited::new(body, ANSWER).collect().await.map_err(|error| match error
                    .downcast_ref::<LengthLimitError>(
                ) {
                    Some(_) => Unanswered::Long,
                    None => Unanswered::BrokenOff(error.to_string()),
                })?;
            Ok(Response::from_parts(head, body.to_bytes()))
        };
        tokio::time::timeout(self.patience, whole)
            .await
            .unwrap_or(Err(Unanswered::Late(self.patience)))
    }

    /// Addresses that are no names are not looked up, so they are judged here.
    fn judge(&self, uri: &Uri) -> Result<(), Unanswered> {
        let host = uri.host().filter(|host| !host.is_empty());
        let (Some("https"), Some(host)) = (uri.scheme_str(), host) else {
            return Err(Unanswered::NotHttps(uri.clone()));
        };
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        match bare.parse() {
            Ok(address) if !self.reach.allows(address) => Err(Unanswered::Forbidden(address)),
            _ => Ok(()),
        }
    }
}

/// What the client's error means for whoever asked.
fn unanswered(error: &hyper_util::client::legacy::Error) -> Unanswered {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        if let Some(Forbidden(address)) = inner(next) {
            return Unanswered::Forbidden(*address);
        }
        words = next.to_string();
        cause = next.source();
    }
    if error.is_connect() { Unanswered::Connection(words) } else { Unanswered::BrokenOff(words) }
}

/// The refusal inside of an error of a look-up.
fn inner<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a Forbidden> {
    let io = error.downcast_ref::<std::io::Error>();
    io.and_then(|io| io.get_ref()?.downcast_ref()).or_else(|| error.downcast_ref())
}
