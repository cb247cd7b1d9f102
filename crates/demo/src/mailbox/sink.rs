//! The SMTP server.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::Semaphore,
    time::timeout,
};

use super::{
    Mailbox, ReceivedLetter,
    session::{Answer, Session},
    wire,
};

/// The most sessions at a time.
const SESSIONS: usize = 64;
/// How long a client may say nothing (RFC 5321 §4.5.3.2.7).
const PATIENCE: Duration = Duration::from_secs(300);

/// An SMTP server that puts every letter it is given into a mailbox.
pub struct SmtpSink {
    mailbox: Mailbox,
}

impl SmtpSink {
    /// A server for this mailbox.
    pub const fn new(mailbox: Mailbox) -> Self {
        Self { mailbox }
    }

    /// Serves until dropped; ends only when the listener fails. Meant for a listener on loopback:
    /// it asks nobody who they are.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        let places = Arc::new(Semaphore::new(SESSIONS));
        let mut sessions = tokio::task::JoinSet::new();
        loop {
            // The place is taken first: further clients wait in the listener's queue.
            let Ok(place) = places.clone().acquire_owned().await else { return Ok(()) };
            let (stream, _) = listener.accept().await?;
            let mailbox = self.mailbox.clone();
            sessions.spawn(async move {
                // A client that breaks off is its own affair.
                let _ = converse(stream, &mailbox).await;
                drop(place);
            });
            while sessions.try_join_next().is_some() {}
        }
    }
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    mailbox: &Mailbox,
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut session = Session::default();
    say(&mut stream, "220 mailbox of a Firstkey demo").await?;
    while let Some(line) = timeout(PATIENCE, wire::line(&mut stream)).await?? {
        match session.command(&line) {
            Answer::Say(text) => say(&mut stream, &text).await?,
            Answer::Bye(text) => return say(&mut stream, text).await,
            Answer::Letter(text) => {
                say(&mut stream, text).await?;
                let letter = timeout(PATIENCE, wire::letter(&mut stream)).await??;
                let (from, to) = session.envelope();
                let answer = match letter.map(|raw| ReceivedLetter::parse(from, to, raw)) {
                    Some(Some(letter)) => {
                        mailbox.put(|number| ReceivedLetter { number, ..letter });
                        "250 Kept"
                    }
                    Some(None) => "554 Not a letter",
                    None => "552 Too long a letter",
                };
                say(&mut stream, answer).await?;
            }
        }
    }
    Ok(())
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, text: &str) -> io::Result<()> {
    stream.write_all(format!("{text}\r\n").as_bytes()).await?;
    stream.flush().await
}
