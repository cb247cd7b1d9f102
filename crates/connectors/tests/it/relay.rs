//! A relay that answers by a script.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer, version::TLS13},
};

/// What to answer to a line: the greeting is the answer to "".
pub type Script = fn(&str) -> Reply;

/// An answer.
pub enum Reply {
    /// This line.
    Line(&'static str),
    /// Nothing, ever.
    Silence,
    /// The end of the connection.
    HangUp,
}

/// A relay, and how many connections it has had.
pub struct Relay {
    pub port: u16,
    connections: Arc<AtomicUsize>,
}

impl Relay {
    pub async fn start(script: Script) -> Self {
        Self::listen(script, None).await
    }

    /// One that speaks TLS from the first byte, with a certificate for `name`; and that
    /// certificate's PEM.
    pub async fn start_tls(script: Script, name: &str) -> (Self, Vec<u8>) {
        let (acceptor, authority) = identity(name);
        (Self::listen(script, Some(acceptor)).await, authority)
    }

    async fn listen(script: Script, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        tokio::spawn({
            let connections = connections.clone();
            async move {
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    connections.fetch_add(1, Ordering::SeqCst);
                    match tls.clone() {
                        None => drop(tokio::spawn(converse(stream, script))),
                        Some(tls) => drop(tokio::spawn(async move {
                            if let Ok(stream) = tls.accept(stream).await {
                                converse(stream, script).await;
                            }
                        })),
                    }
                }
            }
        });
        Self { port, connections }
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// An authority of one's own, and a relay's certificate for `name` that it has signed: how the
/// relay accepts TLS, and the authority's PEM.
pub fn identity(name: &str) -> (TlsAcceptor, Vec<u8>) {
    let mut about = CertificateParams::default();
    about.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let key = KeyPair::generate().unwrap();
    let authority = about.self_signed(&key).unwrap();
    let issuer = Issuer::new(about, key);
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(aws_lc_rs::default_provider().into())
        .with_protocol_versions(&[&TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), authority.pem().into_bytes())
}

/// The usual answers, for scripts that depart from them in one place.
pub fn usual(line: &str) -> Reply {
    let verb = line.split(' ').next().unwrap_or_default();
    Reply::Line(match verb {
        "" => "220 relay",
        "QUIT" => "221 bye",
        "DATA" => "354 go on",
        _ => "250 ok",
    })
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin>(stream: S, script: Script) {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    let mut in_letter = false;
    loop {
        let is_answered = !in_letter || line == ".";
        if is_answered {
            match script(&line) {
                Reply::Line(answer) => {
                    in_letter = answer.starts_with("354");
                    let answer = format!("{answer}\r\n");
                    if stream.write_all(answer.as_bytes()).await.is_err()
                        || stream.flush().await.is_err()
                    {
                        return;
                    }
                }
                Reply::Silence => std::future::pending().await,
                Reply::HangUp => return,
            }
        }
        line.clear();
        match stream.read_line(&mut line).await {
            Ok(read) if read > 0 => line.truncate(line.trim_end_matches(['\r', '\n']).len()),
            _ => return,
        }
    }
}
