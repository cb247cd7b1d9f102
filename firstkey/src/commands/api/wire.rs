//! One HTTP request over TLS, or without it where the origin says so, as a demonstration on one's own machine
//! does.

use std::{path::Path, sync::Arc, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, body::Bytes, client::conn::http1, header::HOST};
use hyper_util::rt::TokioIo;
use rustls_pki_types::{CertificateDer, ServerName, pem::PemObject};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs},
};

use crate::commands::CommandError;

/// How long an answer may take; the server gives up earlier.
const PATIENCE: Duration = Duration::from_secs(40);
/// The longest answer that is read.
const LONGEST: usize = 16 * 1024 * 1024;

/// The server to be called.
pub struct Server {
    origin: String,
    host: String,
    port: u16,
    authority: String,
    tls: Option<TlsConnector>,
}

/// A whole answer.
pub struct Answer {
    pub status: u16,
    /// Status line and headers, to be shown.
    pub head: String,
    /// The nonce that it brought.
    pub nonce: Option<String>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether the same request is to be made again with the nonce of this answer.
    pub fn asks_for_nonce(&self) -> bool {
        self.status == 401
            && self.nonce.is_some()
            && String::from_utf8_lossy(&self.body).contains("/problems/use-nonce")
    }
}

impl Server {
    /// The server at an origin, such as `https://console.example.org`. `ca` is a file of certificates to
    /// be trusted instead of the system's.
    pub fn new(origin: &str, ca: Option<&Path>) -> Result<Self, CommandError> {
        let wrong = || CommandError::said("an origin is such as https://console.example.org");
        let uri: hyper::Uri = origin.parse().map_err(|_| wrong())?;
        let authority = uri.authority().ok_or_else(wrong)?;
        let is_secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(wrong()),
        };
        Ok(Self {
            origin: origin.trim_end_matches('/').to_owned(),
            host: authority.host().to_owned(),
            port: authority.port_u16().unwrap_or(if is_secure { 443 } else { 80 }),
            authority: authority.to_string(),
            tls: is_secure.then(|| connector(ca)).transpose()?,
        })
    }

    /// As the server knows itself.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Sends a request, and reads the whole answer.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer, CommandError> {
        let mut request = Request::builder().method(method).uri(path).header(HOST, &self.authority);
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(body)));
        let request = request.map_err(CommandError::failed)?;
        let answer = async {
            let stream = self.connect().await?;
            match &self.tls {
                None => exchange(stream, request).await,
                Some(tls) => {
                    let name = ServerName::try_from(self.host.clone());
                    let name = name.map_err(CommandError::failed)?;
                    exchange(tls.connect(name, stream).await?, request).await
                }
            }
        };
        let in_time = tokio::time::timeout(PATIENCE, answer).await;
        in_time.unwrap_or_else(|_| Err(CommandError::said("the server does not answer")))
    }

    /// Names below localhost are this machine, whatever the resolver says (RFC 6761 §6.3).
    async fn connect(&self) -> Result<TcpStream, CommandError> {
        let is_here = self.host == "localhost" || self.host.ends_with(".localhost");
        let host = if is_here { "localhost" } else { &self.host };
        TcpStream::connect((host, self.port))
            .await
            .map_err(|error| CommandError::said(format!("{}: {error}", self.authority)))
    }
}

async fn exchange<I>(stream: I, request: Request<Full<Bytes>>) -> Result<Answer, CommandError>
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(CommandError::failed)?;
    // It ends when the answer was read and the sender is dropped.
    let driven = tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(CommandError::failed)?;
    let (parts, body) = response.into_parts();
    let body = Limited::new(body, LONGEST).collect().await.map_err(CommandError::failed)?;
    driven.abort();
    let mut head = format!("HTTP {}", parts.status);
    for (name, value) in &parts.headers {
        for part in ["\n", name.as_str(), ": ", value.to_str().unwrap_or_default()] {
            head.push_str(part);
        }
    }
    let nonce = parts.headers.get("firstkey-nonce").and_then(|value| value.to_str().ok());
    Ok(Answer {
        status: parts.status.as_u16(),
        head,
        nonce: nonce.map(str::to_owned),
        body: body.to_bytes().to_vec(),
    })
}

fn connector(ca: Option<&Path>) -> Result<TlsConnector, CommandError> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = ca {
        let certificates = CertificateDer::pem_file_iter(file)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| CommandError::said(format!("{}: {error:?}", file.display())))?;
        for certificate in certificates {
            roots.add(certificate).map_err(CommandError::failed)?;
        }
    } else {
        // One that cannot be read is one that is not trusted.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(CommandError::failed)?;
    let config = config.with_root_certificates(roots).with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
