//! Just enough HTTP/1.1 to meet a server that may die at any moment.

use std::{
    fmt::Write as _,
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;
use tokio_rustls::rustls::{ClientConnection, StreamOwned, pki_types::ServerName};

use super::place::Place;

/// A request.
#[derive(Debug, Clone)]
pub struct Call {
    /// `https://join.firstkey.localhost:8443`, say.
    origin: String,
    text: String,
    body: String,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Call {
    pub fn get(origin: &str, path: &str) -> Self {
        Self::new("GET", origin, path, "")
    }

    pub fn post(origin: &str, path: &str, body: &Value) -> Self {
        Self::new("POST", origin, path, &body.to_string())
    }

    pub fn form(origin: &str, path: &str, fields: &str) -> Self {
        Self::with_body("POST", origin, path, "application/x-www-form-urlencoded", fields)
    }

    pub fn new(method: &str, origin: &str, path: &str, body: &str) -> Self {
        Self::with_body(method, origin, path, "application/json", body)
    }

    fn with_body(method: &str, origin: &str, path: &str, kind: &str, body: &str) -> Self {
        let host = origin.split_once("://").unwrap().1;
        let text = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
             content-type: {kind}\r\ncontent-length: {}\r\n",
            body.len()
        );
        Self { origin: origin.to_owned(), text, body: body.to_owned() }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        write!(self.text, "{name}: {value}\r\n").expect("text takes all text");
        self
    }

    /// Sends it. An error is no answer: nobody knows whether it was heard.
    pub fn send(&self, place: &Place) -> io::Result<Answer> {
        let stream = TcpStream::connect_timeout(&place.address, Duration::from_secs(5))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let bytes = match &place.authority {
            Some(authority) if self.origin.starts_with("https://") => {
                let name = ServerName::try_from(self.host()).map_err(io::Error::other)?;
                let client = ClientConnection::new(authority.clients(), name.to_owned());
                self.exchange(StreamOwned::new(client.map_err(io::Error::other)?, stream))?
            }
            _ => self.exchange(stream)?,
        };
        let text = String::from_utf8(bytes).map_err(io::Error::other)?;
        let cut = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
        let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
        let answer = Answer { status, head: head.to_owned(), body: body.to_owned() };
        match answer.header("content-length").map(str::parse::<usize>) {
            Some(Ok(length)) if answer.body.len() == length => Ok(answer),
            _ => Err(cut()),
        }
    }
}

impl Call {
    /// The name to which it is sent.
    fn host(&self) -> &str {
        let authority = self.origin.split_once("://").unwrap().1;
        authority.split(':').next().unwrap()
    }

    fn exchange(&self, mut stream: impl Read + Write) -> io::Result<Vec<u8>> {
        stream.write_all(format!("{}\r\n{}", self.text, self.body).as_bytes())?;
        stream.flush()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(each, _)| each.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The kind of problem that it is, without the path before it.
    pub fn problem(&self) -> String {
        let kind = self.json()["type"].as_str().unwrap_or_default().to_owned();
        kind.strip_prefix("/problems/").unwrap_or(&kind).to_owned()
    }
}
