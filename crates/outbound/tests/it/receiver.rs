//! A server over TLS on this machine.

use std::{convert::Infallible, future::Future, net::SocketAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use firstkey_outbound::{Outbound, Reach};
use firstkey_testkit::authority::Authority;
use http::{Request, Response};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs::default_provider},
};

/// A server, and who signed its certificate.
pub struct Receiver {
    pub port: u16,
    pub root: CertificateDer<'static>,
}

impl Receiver {
    /// One for `localhost` and `127.0.0.1` that answers by `answer` until the test ends.
    pub async fn start<F, A>(answer: F) -> Self
    where
        F: Fn(Request<Incoming>) -> A + Send + Sync + Clone + 'static,
        A: Future<Output = Response<Full<Bytes>>> + Send + 'static,
    {
        let authority = Authority::new().expect("an authority");
        let issued = authority.issue(&["localhost", "127.0.0.1"]).expect("a certificate");
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![CertificateDer::from_pem_slice(issued.certificate.as_bytes()).expect("one")],
                PrivateKeyDer::from_pem_slice(issued.key.as_bytes()).expect("a key"),
            )
            .expect("a pair");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener =
            TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, answer) = (acceptor.clone(), answer.clone());
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    let service = service_fn(move |request| {
                        let answer = answer(request);
                        async move { Ok::<_, Infallible>(answer.await) }
                    });
                    let _ =
                        http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        let root = CertificateDer::from_pem_slice(authority.pem().as_bytes()).expect("its own");
        Self { port, root }
    }

    /// Somebody who trusts it.
    pub fn client(&self, reach: Reach) -> Outbound {
        Outbound::new(std::slice::from_ref(&self.root), reach, Duration::from_secs(5))
            .expect("roots")
    }

    /// A request to it by this name.
    pub fn ask(&self, host: &str) -> Request<Bytes> {
        let uri = format!("https://{host}:{}/place", self.port);
        Request::put(uri).body(Bytes::from_static(b"words")).expect("a request")
    }
}
