//! `GET /api/join/attempts/{attempt}/live`: progress as it changes, one line of JSON for each change.
//! It ends with the attempt, after five minutes, or when the same browser opened too many others.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use firstkey_app::{Backend, Changed, ProvenRequest};
use firstkey_domain::{AttemptId, StreamId};
use futures_util::stream;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep_until, timeout_at},
};

use super::{address::AttemptAddress, proven::Proven, standing::standing};
use crate::{Web, edge::Stream, problem::Problem};

/// How long one answer lasts; the page then asks again, and proves its key again.
const LASTS: Duration = Duration::from_secs(300);
/// After how long an empty line shows that the connection lives.
const KEEPALIVE: Duration = Duration::from_secs(15);
/// How often to look although nothing was announced: policy and vouchers are other streams.
const LOOK: Duration = Duration::from_secs(10);

/// Streams the progress.
pub(crate) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    address: AttemptAddress,
    Proven { request, body: () }: Proven<()>,
) -> Result<Response, Problem> {
    let changes = web.app.changes();
    // Refused here when it is not theirs, before a stream begins.
    standing(&web, address, &request).await?;
    let now = Instant::now();
    let news = News {
        stream: web.streams.begin(address.attempt),
        web,
        address,
        request,
        changes,
        last: Bytes::new(),
        ends: now + LASTS,
        keepalive: now + KEEPALIVE,
        is_over: false,
    };
    let body = Body::from_stream(stream::unfold(news, News::next));
    let media_type = HeaderValue::from_static("application/x-ndjson");
    Ok(([(CONTENT_TYPE, media_type)], body).into_response())
}

struct News<S> {
    stream: Stream<AttemptId>,
    web: Web<S>,
    address: AttemptAddress,
    request: ProvenRequest,
    changes: Receiver<Changed>,
    /// The line that was sent last.
    last: Bytes,
    ends: Instant,
    keepalive: Instant,
    is_over: bool,
}

impl<S: Backend> News<S> {
    /// The next line, when there is something to say.
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        while !self.is_over && Instant::now() < self.ends {
            let progress = standing(&self.web, self.address, &self.request).await.ok()?;
            let mut line = serde_json::to_vec(&progress).ok()?;
            line.push(b'\n');
            let line = Bytes::from(line);
            if line != self.last {
                self.is_over = progress.is_final();
                return Some(self.say(line));
            }
            if Instant::now() >= self.keepalive {
                let last = self.last.clone();
                let (empty, mut next) = self.say(Bytes::from_static(b"\n"));
                next.last = last;
                return Some((empty, next));
            }
            let code_lasts = progress.code_ends().map(|ends| {
                Duration::try_from(ends.duration_since(self.web.app.now())).unwrap_or_default()
            });
            self.wait(code_lasts.unwrap_or(LOOK).min(LOOK)).await;
        }
        None
    }

    fn say(mut self, line: Bytes) -> (Result<Bytes, Infallible>, Self) {
        self.last = line.clone();
        self.keepalive = Instant::now() + KEEPALIVE;
        (Ok(line), self)
    }

    /// Waits until something happened in this enrollment, or for so long.
    async fn wait(&mut self, at_most: Duration) {
        let until = (Instant::now() + at_most).min(self.keepalive).min(self.ends);
        let ours = StreamId::from(self.address.enrollment);
        loop {
            let heard = tokio::select! {
                heard = timeout_at(until, self.changes.recv()) => heard,
                () = self.stream.ended() => {
                    self.is_over = true;
                    return;
                }
            };
            match heard {
                Ok(Ok(moved)) if !moved.contains(&ours) => {}
                Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => return,
                Ok(Err(RecvError::Closed)) => return sleep_until(until).await,
            }
        }
    }
}
