//! HTTP/1.1 over one connection that is kept: as little work as a client can do.

use std::net::SocketAddr;

use serde::Deserialize;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::Fallible;

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// In capitals.
    pub method: &'a str,
    /// Which of the server's names.
    pub host: &'a str,
    /// Path and query.
    pub path: &'a str,
    /// Further fields.
    pub fields: &'a [(&'a str, &'a str)],
    /// JSON, or nothing.
    pub body: &'a [u8],
}

/// An answer, still in the connection's buffer.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The status code.
    pub status: u16,
    head: &'a str,
    body: &'a [u8],
}

/// A connection. One request at a time.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    sent: Vec<u8>,
    received: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Fallible<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, sent: Vec::with_capacity(4096), received: Vec::with_capacity(16_384) })
    }

    /// Sends a request and reads the whole answer.
    pub async fn ask(&mut self, request: &Request<'_>) -> Fallible<Answer<'_>> {
        self.sent.clear();
        write_request(&mut self.sent, request);
        self.stream.write_all(&self.sent).await?;
        self.received.clear();
        let (head, length) = loop {
            self.read_more().await?;
            if let Some(end) = end_of_head(&self.received) {
                break (end, body_length(str::from_utf8(&self.received[..end])?)?);
            }
        };
        let body = head + 4;
        while self.received.len() < body + length {
            self.read_more().await?;
        }
        let text = str::from_utf8(&self.received[..head])?;
        let status = text.get(9..12).and_then(|digits| digits.parse().ok());
        Ok(Answer {
            status: status.ok_or("an answer without a status")?,
            head: text,
            body: &self.received[body..body + length],
        })
    }

    async fn read_more(&mut self) -> Fallible<()> {
        match self.stream.read_buf(&mut self.received).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }
}

impl<'a> Answer<'a> {
    /// A field's value. Servers of hyper's kind write names in small letters.
    pub fn field(&self, name: &str) -> Option<&'a str> {
        self.head.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The body as text.
    pub fn text(&self) -> &'a str {
        str::from_utf8(self.body).unwrap_or("bytes that are no text")
    }

    /// The body as JSON, when the request succeeded.
    pub fn json<T: Deserialize<'a>>(&self) -> Fallible<T> {
        self.succeeded()?;
        Ok(serde_json::from_slice(self.body)?)
    }

    /// An error that repeats the answer, unless the request succeeded.
    pub fn succeeded(&self) -> Fallible<()> {
        match self.status {
            200..300 => Ok(()),
            status => Err(format!("answered {status}: {}", self.text()).into()),
        }
    }
}

fn write_request(out: &mut Vec<u8>, request: &Request<'_>) {
    let mut put = |parts: &[&str]| parts.iter().for_each(|part| out.extend(part.as_bytes()));
    put(&[request.method, " ", request.path, " HTTP/1.1\r\nhost: ", request.host, "\r\n"]);
    for (name, value) in request.fields {
        put(&[name, ": ", value, "\r\n"]);
    }
    if !request.body.is_empty() {
        let length = request.body.len().to_string();
        put(&["content-type: application/json\r\ncontent-length: ", &length, "\r\n"]);
    } else if request.method == "POST" {
        put(&["content-length: 0\r\n"]);
    }
    put(&["\r\n"]);
    out.extend(request.body);
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n")
}

fn body_length(head: &str) -> Fallible<usize> {
    let length = head.split("\r\n").find_map(|line| line.strip_prefix("content-length: "));
    match length {
        Some(length) => Ok(length.parse()?),
        None if head.contains(" 204 ") => Ok(0),
        None => Err("an answer of unknown length".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_written_in_one_piece() {
        let request = Request {
            method: "POST",
            host: "join.localhost",
            path: "/a?b",
            fields: &[("origin", "http://join.localhost")],
            body: b"{}",
        };
        let mut out = Vec::new();
        write_request(&mut out, &request);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "POST /a?b HTTP/1.1\r\nhost: join.localhost\r\norigin: http://join.localhost\r\n\
             content-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
        );
    }

    #[tokio::test]
    async fn an_answer_is_read_whole_however_it_arrives() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            for pieces in [
                &["HTTP/1.1 200 OK\r\ncontent-le", "ngth: 5\r\nx: y\r\n\r\n12", "345"][..],
                &["HTTP/1.1 204 No Content\r\n\r\n"],
                &["HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\n\r\nno"],
            ] {
                assert!(stream.read(&mut request).await.unwrap() > 0);
                for piece in pieces {
                    stream.write_all(piece.as_bytes()).await.unwrap();
                    tokio::task::yield_now().await;
                }
            }
        });
        let mut connection = Connection::open(address).await.unwrap();
        let get = Request { method: "GET", host: "h", path: "/", fields: &[], body: b"" };
        let answer = connection.ask(&get).await.unwrap();
        assert_eq!((answer.json::<u32>().unwrap(), answer.field("x")), (12345, Some("y")));
        assert_eq!(connection.ask(&get).await.unwrap().text(), "");
        let refused = connection.ask(&get).await.unwrap().succeeded().unwrap_err();
        assert_eq!(refused.to_string(), "answered 409: no");
        serving.await.unwrap();
    }
}
