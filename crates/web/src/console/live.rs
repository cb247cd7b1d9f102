//! `GET /live`: says that something has moved, so that open pages ask for themselves again
//! (server-sent events, WHATWG HTML §9.2). What has moved is not said: pages show what they may.
//!
//! It ends with the session, after five minutes, or when the same session opened too many others. To
//! listen is no use of a session: nobody need sit before the page (SP 800-63B-4 §2.2.3).

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use firstkey_app::{Backend, Changed, signing_in::SessionToken};
use firstkey_domain::SessionId;
use firstkey_policy::Operation;
use futures_util::stream;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep, timeout_at},
};

use super::{
    allowed::{demand, may},
    cookie::session_token,
};
use crate::{
    Web,
    edge::Stream,
    fault::failure,
    problem::{Kind, Problem},
};

/// How long one answer lasts; the browser then asks again by itself.
const LASTS: Duration = Duration::from_secs(300);
/// How long until an ended session is noticed at the latest.
const LOOK: Duration = Duration::from_secs(10);
/// What comes within this time counts once.
const GATHER: Duration = Duration::from_secs(1);

const BEGIN: &str = "retry: 3000\n\n";
const ALIVE: &str = ":\n\n";
const MOVED: &str = "event: moved\ndata:\n\n";
const OVER: &str = "event: over\ndata:\n\n";
const ENOUGH: &str = "event: enough\ndata:\n\n";

/// Streams it.
pub(super) async fn live<S: Backend>(
    State(web): State<Web<S>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let token = session_token(&headers).ok_or_else(|| Problem::new(Kind::SignedOut))?;
    let changes = web.app.changes();
    let session = web.app.session(&token).await.map_err(failure)?;
    let session = session.ok_or_else(|| Problem::new(Kind::SignedOut))?;
    demand(&web, &session, None, Operation::ViewPeople).await?;
    let news = News {
        stream: web.listeners.begin(session.id),
        web,
        token,
        changes,
        ends: Instant::now() + LASTS,
        has_begun: false,
        is_over: false,
    };
    let body = Body::from_stream(stream::unfold(news, News::next));
    let media_type = HeaderValue::from_static("text/event-stream");
    Ok(([(CONTENT_TYPE, media_type)], body).into_response())
}

struct News<S> {
    stream: Stream<SessionId>,
    web: Web<S>,
    token: SessionToken,
    changes: Receiver<Changed>,
    ends: Instant,
    has_begun: bool,
    is_over: bool,
}

/// What was heard.
enum Heard {
    Nothing,
    Moved,
    Enough,
}

impl<S: Backend> News<S> {
    /// The next thing to say.
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        if self.is_over || Instant::now() >= self.ends {
            return None;
        }
        let said = if self.has_begun {
            let heard = self.wait().await;
            let holds = self.holds().await;
            self.is_over = !holds || matches!(heard, Heard::Enough);
            match heard {
                _ if !holds => OVER,
                Heard::Enough => ENOUGH,
                Heard::Moved => MOVED,
                Heard::Nothing => ALIVE,
            }
        } else {
            self.has_begun = true;
            BEGIN
        };
        Some((Ok(Bytes::from_static(said.as_bytes())), self))
    }

    /// Whether the session still holds, and its owner still sees people.
    async fn holds(&self) -> bool {
        let Ok(Some(session)) = self.web.app.session(&self.token).await else { return false };
        may(&self.web, &session, None, Operation::ViewPeople).await.unwrap_or(false)
    }

    /// Waits until something happened, or for so long.
    async fn wait(&mut self) -> Heard {
        let until = (Instant::now() + LOOK).min(self.ends);
        let heard = tokio::select! {
            heard = timeout_at(until, self.changes.recv()) => heard,
            () = self.stream.ended() => return Heard::Enough,
        };
        match heard {
            Ok(Ok(_) | Err(RecvError::Lagged(_))) => {
                sleep(GATHER).await;
                // What was missed has moved too.
                self.changes = self.changes.resubscribe();
                Heard::Moved
            }
            // The server is going; nobody will say anything any more.
            Ok(Err(RecvError::Closed)) => {
                self.is_over = true;
                Heard::Nothing
            }
            Err(_) => Heard::Nothing,
        }
    }
}
