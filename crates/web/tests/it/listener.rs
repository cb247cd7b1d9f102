//! The listener under attack, over real sockets. Times are short here; what they limit is the same.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use firstkey_web::{Limits, Listener as Listens, edge::TrustedProxies, serve};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    task::JoinHandle,
    time::timeout,
};

const LIMITS: Limits = Limits {
    connections: 6,
    per_client: 3,
    head_time: Duration::from_millis(400),
    proxy_head_time: Duration::from_secs(60),
    write_time: Duration::from_millis(400),
};
const PATIENCE: Duration = Duration::from_secs(10);

struct Listener {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Listener {
    async fn new(limits: Limits, proxies: TrustedProxies) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let router = Router::new()
            .route("/", get(async || "here"))
            // More than the buffers of both systems hold.
            .route("/much", get(async || vec![b'x'; 64 << 20]));
        let listeners = vec![Listens { socket, tls: None, router }];
        let task = tokio::spawn(serve(listeners, limits, proxies, std::future::pending()));
        Self { address, task }
    }

    /// Connects as if from another machine: all of 127.0.0.0/8 is this one.
    async fn from(&self, source: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(source.parse().unwrap(), 0)).unwrap();
        socket.connect(self.address).await.unwrap()
    }
}

async fn ask(stream: &mut TcpStream) -> Option<String> {
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.ok()?;
    let mut answer = vec![0; 4096];
    let length = timeout(PATIENCE, stream.read(&mut answer)).await.unwrap().ok()?;
    (length > 0).then(|| String::from_utf8_lossy(&answer[..length]).into_owned())
}

/// How long until the listener ends the connection, whatever it says before.
async fn until_closed(stream: &mut TcpStream) -> Duration {
    let began = Instant::now();
    let mut all = Vec::new();
    // A reset is an end as well.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut all)).await.expect("it stays open");
    began.elapsed()
}

#[tokio::test]
async fn a_head_that_comes_a_byte_at_a_time_is_not_waited_for() {
    let listener = Listener::new(LIMITS, TrustedProxies::default()).await;
    let (mut reads, mut writes) = listener.from("127.0.0.1").await.into_split();
    let drips = tokio::spawn(async move {
        for byte in b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ".iter().chain(&[b'x'; 200]) {
            if writes.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let began = Instant::now();
    let mut said = Vec::new();
    let _ = timeout(PATIENCE, reads.read_to_end(&mut said)).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert!(!String::from_utf8_lossy(&said).contains("200 OK"));
    drips.abort();
}

#[tokio::test]
async fn a_connection_that_asks_for_nothing_ends_before_and_after_its_first_request() {
    let listener = Listener::new(LIMITS, TrustedProxies::default()).await;
    let mut silent = listener.from("127.0.0.1").await;
    let mut kept = listener.from("127.0.0.1").await;
    assert!(ask(&mut kept).await.unwrap().starts_with("HTTP/1.1 200"));
    // Kept alive for the next one, and then for no more.
    assert!(ask(&mut kept).await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(until_closed(&mut silent).await < Duration::from_secs(2));
    assert!(until_closed(&mut kept).await < Duration::from_secs(2));
}

#[tokio::test]
async fn whoever_never_reads_loses_the_connection_and_frees_its_place() {
    let limits = Limits { connections: 1, ..LIMITS };
    let listener = Listener::new(limits, TrustedProxies::default()).await;
    let mut deaf = listener.from("127.0.0.1").await;
    deaf.write_all(b"GET /much HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let began = Instant::now();
    // The one place is taken until the listener gives up on whoever does not read.
    let mut next = listener.from("127.0.0.2").await;
    assert!(ask(&mut next).await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(began.elapsed() >= LIMITS.write_time, "{:?}", began.elapsed());
    drop(deaf);
}

#[tokio::test]
async fn a_slow_reader_who_reads_is_served_to_the_end() {
    let listener = Listener::new(LIMITS, TrustedProxies::default()).await;
    let mut slow = listener.from("127.0.0.1").await;
    let ask = b"GET /much HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    slow.write_all(ask).await.unwrap();
    let (mut part, mut all) = (vec![0; 8 << 20], 0);
    loop {
        tokio::time::sleep(Duration::from_millis(20)).await;
        match timeout(PATIENCE, slow.read(&mut part)).await.unwrap().unwrap() {
            0 => break,
            length => all += length,
        }
    }
    assert!(all > 64 << 20, "{all}");
}

#[tokio::test]
async fn one_client_cannot_take_the_places_of_all() {
    let listener = Listener::new(LIMITS, TrustedProxies::default()).await;
    let mut greedy = Vec::new();
    for _ in 0..10 {
        greedy.push(listener.from("127.0.0.2").await);
    }
    for stream in &mut greedy[LIMITS.per_client..] {
        assert!(until_closed(stream).await < LIMITS.head_time, "closed at once");
    }
    // Meanwhile others are served,
    let mut other = listener.from("127.0.0.1").await;
    assert!(ask(&mut other).await.is_some());
    // and so is this one again, once it let go.
    drop(greedy);
    let served = async {
        while ask(&mut listener.from("127.0.0.2").await).await.is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, served).await.unwrap();
}

#[tokio::test]
async fn a_trusted_proxy_speaks_for_many() {
    let proxies = TrustedProxies(Arc::new(["127.0.0.2".parse().unwrap()]));
    let listener = Listener::new(LIMITS, proxies).await;
    let mut held = Vec::new();
    for _ in 0..LIMITS.connections {
        let mut stream = listener.from("127.0.0.2").await;
        assert!(ask(&mut stream).await.is_some());
        held.push(stream);
    }
    // It keeps them for later, longer than others may.
    tokio::time::sleep(2 * LIMITS.head_time).await;
    for stream in &mut held {
        assert!(ask(stream).await.is_some());
    }
}

#[tokio::test]
async fn when_all_places_are_taken_the_next_waits_for_one() {
    let limits = Limits { head_time: Duration::from_secs(60), ..LIMITS };
    let listener = Listener::new(limits, TrustedProxies::default()).await;
    let mut held = Vec::new();
    for source in ["127.0.0.2", "127.0.0.3"] {
        for _ in 0..limits.per_client {
            let mut stream = listener.from(source).await;
            assert!(ask(&mut stream).await.is_some());
            held.push(stream);
        }
    }
    let mut next = listener.from("127.0.0.1").await;
    let waits = timeout(Duration::from_millis(300), ask(&mut next)).await;
    assert!(waits.is_err(), "{waits:?}");
    drop(held.pop());
    let mut answer = [0; 12];
    timeout(PATIENCE, next.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
}
