//! A command's end of the socket.

use std::{io, path::Path};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::UnixStream,
};

use super::{Request, Response};
use crate::data::DataFolder;

/// A connection to a running server.
pub struct Connection(BufReader<UnixStream>);

/// Connects to the server that runs on this folder, if one does.
pub async fn connect(folder: &DataFolder) -> Option<Connection> {
    UnixStream::connect(folder.socket()).await.ok().map(|stream| Connection(BufReader::new(stream)))
}

impl Connection {
    /// Asks, with a file's bytes after the question when there is one.
    pub async fn ask(&mut self, request: &Request, file: Option<&Path>) -> io::Result<Response> {
        let mut json = serde_json::to_vec(request)?;
        json.push(b'\n');
        self.0.get_mut().write_all(&json).await?;
        if let Some(file) = file {
            let mut file = tokio::fs::File::open(file).await?;
            tokio::io::copy(&mut file, self.0.get_mut()).await?;
        }
        let mut line = String::new();
        if self.0.read_line(&mut line).await? == 0 {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the server stopped before it answered",
            ));
        }
        Ok(serde_json::from_str(&line)?)
    }
}
