//! Clients who hold connections, and a process that may open no more files.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tokio::net::TcpSocket;

use super::place::{Place, Up};

const PATIENCE: Duration = Duration::from_secs(30);

/// Connects as if from another machine: all of 127.0.0.0/8 is this one.
fn connect_from(source: [u8; 4], to: SocketAddr) -> TcpStream {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stream = runtime.block_on(async {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((source, 0))).unwrap();
        tokio::time::timeout(PATIENCE, socket.connect(to)).await.unwrap().unwrap()
    });
    let stream = stream.into_std().unwrap();
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

#[test]
fn two_thousand_idle_connections_keep_nobody_else_out() {
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, hard.min(soft.max(4096)), hard).unwrap();
    let place = Place::new();
    let _up = place.up();
    let mut idle = Vec::new();
    for source in [[127, 0, 0, 2], [127, 0, 0, 3]] {
        for _ in 0..1000 {
            idle.push(connect_from(source, place.address));
        }
    }
    let began = Instant::now();
    for _ in 0..20 {
        assert!(place.answers());
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    // A third thousand of one of them has no place, and still nobody else notices.
    for _ in 0..1000 {
        idle.push(connect_from([127, 0, 0, 3], place.address));
    }
    assert!(place.answers());
    assert!(is_closed(&idle.pop().unwrap()), "it has no place");
}

/// Whether the server closed this connection already, long before whoever says nothing is sent away.
fn is_closed(mut stream: &TcpStream) -> bool {
    stream.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
    match stream.read(&mut [0]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

#[test]
fn a_server_that_may_open_no_more_files_pauses_says_so_and_goes_on() {
    let place = Place::new();
    let up = place.up();
    assert!(place.answers());
    let open = fs::read_dir(format!("/proc/{}/fd", up.id())).unwrap().count();
    let usual = limit(&up, &format!("{}:", open + 8));
    let health = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    let mut held: Vec<TcpStream> =
        (0..40).map(|_| connect_from([127, 0, 0, 1], place.address)).collect();
    for stream in &mut held {
        stream.write_all(health.as_bytes()).unwrap();
    }
    let ends = Instant::now() + PATIENCE;
    while !place.said().contains("accept_failed") {
        assert!(Instant::now() < ends, "the server accepts more than it can");
        thread::sleep(Duration::from_millis(20));
    }
    drop(held);
    assert!(place.answers());
    limit(&up, &usual);
    assert!(place.answers());
    let told = place.said().matches("accept_failed").count();
    assert!(told < 5, "it was told {told} times");
    up.stop();
}

/// Sets how many files the running server may open; answers with what it was.
fn limit(up: &Up, files: &str) -> String {
    let prlimit = |arguments: &[&str]| {
        let mut command = Command::new("prlimit");
        let output = command.arg("--pid").arg(up.id().to_string()).args(arguments).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let usual = prlimit(&["--nofile", "--noheadings", "--raw", "--output", "SOFT"]);
    prlimit(&[&format!("--nofile={files}")]);
    format!("{}:", usual.trim())
}
