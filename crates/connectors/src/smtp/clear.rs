//! The part of a connection before STARTTLS, read no further than it was asked for.
//!
//! The mail library keeps what it has read beyond an answer, and would take it for an answer that
//! came under TLS: whoever stands in the way could put the relay's words there (RFC 3207 §4.2 asks to
//! forget them). Here nothing is read ahead in the clear, so that such words reach the TLS handshake,
//! which fails on them.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// The first byte of a TLS handshake (RFC 8446 §5.1). No command of SMTP begins with it.
const HANDSHAKE: u8 = 0x16;

/// A connection that begins in the clear and may go on under TLS.
#[derive(Debug)]
pub(super) struct ClearStream {
    stream: TcpStream,
    is_clear: bool,
}

impl ClearStream {
    pub(super) const fn new(stream: TcpStream) -> Self {
        Self { stream, is_clear: true }
    }
}

impl AsyncRead for ClearStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.is_clear {
            return Pin::new(&mut self.stream).poll_read(cx, into);
        }
        // A byte at a time, as answers in the clear are short and few.
        let mut byte = [0];
        let mut one = ReadBuf::new(&mut byte);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut one))?;
        into.put_slice(one.filled());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ClearStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if bytes.first() == Some(&HANDSHAKE) {
            self.is_clear = false;
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl AsyncTokioStream for ClearStream {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}
