//! The listener under attack, with TLS: whoever shakes hands slowly is limited like whoever asks slowly.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, body::Bytes, routing::get};
use firstkey_certificates::{Kept, Pair, server_config};
use firstkey_testkit::authority::Authority;
use firstkey_web::{Limits, Listener, edge::TrustedProxies, serve};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, ProtocolVersion,
        pki_types::{CertificateDer, ServerName},
    },
};

const LIMITS: Limits = Limits {
    connections: 6,
    per_client: 3,
    head_time: Duration::from_millis(400),
    proxy_head_time: Duration::from_secs(60),
    write_time: Duration::from_millis(400),
};
const PATIENCE: Duration = Duration::from_secs(10);
const HOST: &str = "join.localhost";
/// The head of a TLS record of 512 bytes that never come (RFC 8446 §5.1).
const A_LITTLE: &[u8] = &[22, 3, 1, 2, 0, 1];

struct Server {
    address: SocketAddr,
    authority: Authority,
    kept: Arc<Kept>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    async fn new(limits: Limits) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let router = Router::new()
            .route("/", get(async || "here").post(async |body: Bytes| body))
            // More than the buffers of both systems hold.
            .route("/much", get(async || vec![b'x'; 64 << 20]));
        let (authority, kept) = (Authority::new().unwrap(), Arc::<Kept>::default());
        let tls = Some(server_config(kept.clone()).unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let listeners = vec![Listener { socket, tls, router }];
            let stop = async { drop(stopped.await) };
            serve(listeners, limits, TrustedProxies::default(), stop).await;
        });
        let server = Self { address, authority, kept, stop: Some(stop), task };
        server.renew();
        server
    }

    /// Serves another certificate from now on.
    fn renew(&self) {
        let issued = self.authority.issue(&[HOST]).unwrap();
        let pair = Pair::from_pem(issued.certificate.as_bytes(), issued.key.as_bytes()).unwrap();
        self.kept.replace(pair);
    }

    /// Connects as if from another machine: all of 127.0.0.0/8 is this one.
    async fn reach(&self, source: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(source.parse().unwrap(), 0)).unwrap();
        socket.connect(self.address).await.unwrap()
    }

    /// Connects and shakes hands.
    async fn connect(&self, source: &str) -> TlsStream<TcpStream> {
        shake(self.authority.clients(), self.reach(source).await).await
    }
}

async fn shake(clients: Arc<ClientConfig>, stream: TcpStream) -> TlsStream<TcpStream> {
    let name = ServerName::try_from(HOST).unwrap();
    let shaken = TlsConnector::from(clients).connect(name, stream);
    timeout(PATIENCE, shaken).await.unwrap().unwrap()
}

async fn ask(stream: &mut TlsStream<TcpStream>) -> Option<String> {
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.ok()?;
    let mut answer = vec![0; 4096];
    let length = timeout(PATIENCE, stream.read(&mut answer)).await.unwrap().ok()?;
    (length > 0).then(|| String::from_utf8_lossy(&answer[..length]).into_owned())
}

/// How long until the listener ends the connection, whatever it says before.
async fn until_closed(stream: &mut (impl AsyncReadExt + Unpin)) -> Duration {
    let began = Instant::now();
    let mut all = Vec::new();
    // A reset is an end as well.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut all)).await.expect("it stays open");
    began.elapsed()
}

fn certificate(stream: &TlsStream<TcpStream>) -> CertificateDer<'static> {
    stream.get_ref().1.peer_certificates().unwrap()[0].clone().into_owned()
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_not_waited_for_and_frees_its_place() {
    let server = Server::new(Limits { connections: 1, ..LIMITS }).await;
    // One says nothing at all, one begins.
    for said in [&b""[..], A_LITTLE] {
        let mut slow = server.reach("127.0.0.2").await;
        slow.write_all(said).await.unwrap();
        let began = Instant::now();
        let mut next = server.connect("127.0.0.1").await;
        assert!(ask(&mut next).await.unwrap().starts_with("HTTP/1.1 200"));
        let waited = began.elapsed();
        assert!(waited >= LIMITS.head_time && waited < 3 * LIMITS.head_time, "{waited:?}");
        assert!(until_closed(&mut slow).await < LIMITS.head_time, "it is closed by now");
    }
}

#[tokio::test]
async fn one_client_cannot_take_the_places_of_all_by_shaking_hands() {
    let server = Server::new(LIMITS).await;
    let mut greedy = Vec::new();
    for _ in 0..10 {
        let mut stream = server.reach("127.0.0.2").await;
        // It may be closed already.
        let _ = stream.write_all(A_LITTLE).await;
        greedy.push(stream);
    }
    for stream in &mut greedy[LIMITS.per_client..] {
        assert!(until_closed(stream).await < LIMITS.head_time / 2, "closed at once");
    }
    let began = Instant::now();
    assert!(ask(&mut server.connect("127.0.0.1").await).await.is_some());
    assert!(began.elapsed() < LIMITS.head_time, "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_connection_that_asks_for_nothing_ends_before_and_after_its_first_request() {
    let server = Server::new(LIMITS).await;
    let mut silent = server.connect("127.0.0.1").await;
    let mut kept = server.connect("127.0.0.1").await;
    assert!(ask(&mut kept).await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(ask(&mut kept).await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(until_closed(&mut silent).await < Duration::from_secs(2));
    assert!(until_closed(&mut kept).await < Duration::from_secs(2));
}

#[tokio::test]
async fn whoever_never_reads_loses_the_connection_and_frees_its_place() {
    let server = Server::new(Limits { connections: 1, ..LIMITS }).await;
    let mut deaf = server.connect("127.0.0.1").await;
    deaf.write_all(b"GET /much HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let began = Instant::now();
    let mut next = server.connect("127.0.0.2").await;
    assert!(ask(&mut next).await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(began.elapsed() >= LIMITS.write_time, "{:?}", began.elapsed());
    drop(deaf);
}

#[tokio::test]
async fn whoever_speaks_no_tls_is_not_served() {
    let server = Server::new(LIMITS).await;
    let mut plain = server.reach("127.0.0.1").await;
    plain.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut said = Vec::new();
    let _ = timeout(PATIENCE, plain.read_to_end(&mut said)).await.unwrap();
    assert!(!String::from_utf8_lossy(&said).contains("200"), "{said:?}");
}

#[tokio::test]
async fn a_new_certificate_counts_for_new_connections_and_disturbs_none_that_is_open() {
    let server = Server::new(LIMITS).await;
    let mut open = server.connect("127.0.0.1").await;
    assert!(ask(&mut open).await.is_some());
    server.renew();
    assert!(ask(&mut open).await.unwrap().starts_with("HTTP/1.1 200"), "it goes on");
    let new = server.connect("127.0.0.1").await;
    assert_ne!(certificate(&new), certificate(&open));
    assert_eq!(new.get_ref().1.protocol_version(), Some(ProtocolVersion::TLSv1_3));
}

#[tokio::test]
async fn whoever_comes_back_resumes() {
    let server = Server::new(LIMITS).await;
    let clients = server.authority.clients();
    let mut kinds = Vec::new();
    for _ in 0..2 {
        let mut stream = shake(clients.clone(), server.reach("127.0.0.1").await).await;
        assert!(ask(&mut stream).await.is_some());
        kinds.push(format!("{:?}", stream.get_ref().1.handshake_kind().unwrap()));
    }
    assert_eq!(kinds, ["Full", "Resumed"]);
}

#[tokio::test]
async fn a_stop_finishes_what_was_begun() {
    let mut server = Server::new(Limits { head_time: Duration::from_secs(5), ..LIMITS }).await;
    // One has sent half a request, one has not even shaken hands, and one has had its answer.
    let mut half = server.connect("127.0.0.1").await;
    half.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\nhalf").await.unwrap();
    let early = server.reach("127.0.0.2").await;
    let mut idle = server.connect("127.0.0.3").await;
    assert!(ask(&mut idle).await.is_some());
    // The other two were accepted before it.
    server.stop.take().unwrap().send(()).unwrap();
    assert!(until_closed(&mut idle).await < Duration::from_secs(1), "there is nothing to finish");
    half.write_all(b"done").await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, half.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("halfdone"), "{answer}");
    let mut early = shake(server.authority.clients(), early).await;
    assert!(ask(&mut early).await.unwrap().starts_with("HTTP/1.1 200"));
    timeout(PATIENCE, &mut server.task).await.unwrap().unwrap();
}
