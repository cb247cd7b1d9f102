//! Answers, and what is none.

use std::time::Duration;

use bytes::Bytes;
use firstkey_outbound::{Outbound, Reach, Unanswered};
use http::{Response, StatusCode};
use http_body_util::{BodyExt, Full};

use crate::receiver::Receiver;

fn plain(status: StatusCode, body: &'static [u8]) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(body)));
    *response.status_mut() = status;
    response
}

#[tokio::test]
async fn what_is_sent_arrives_and_any_status_is_an_answer() {
    let receiver = Receiver::start(|request| async {
        let (head, body) = request.into_parts();
        let body = body.collect().await.expect("whole").to_bytes();
        assert_eq!((head.method.as_str(), head.uri.path()), ("PUT", "/place"));
        assert_eq!(body, "words");
        plain(StatusCode::PRECONDITION_FAILED, b"taken")
    })
    .await;
    let client = receiver.client(Reach::Anywhere);
    for host in ["localhost", "127.0.0.1"] {
        let answer = client.send(receiver.ask(host)).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::PRECONDITION_FAILED, "{host}");
        assert_eq!(answer.body(), "taken");
    }
}

#[tokio::test]
async fn nobody_is_followed_elsewhere() {
    let receiver = Receiver::start(|request| async move {
        assert_eq!(request.uri().path(), "/place", "the other address was asked");
        let mut moved = plain(StatusCode::TEMPORARY_REDIRECT, b"");
        moved.headers_mut().insert("location", "/elsewhere".parse().expect("a value"));
        moved
    })
    .await;
    let answer = receiver.client(Reach::Anywhere).send(receiver.ask("localhost")).await;
    assert_eq!(answer.expect("an answer").status(), StatusCode::TEMPORARY_REDIRECT);
}

#[tokio::test]
async fn an_answer_is_not_read_without_end() {
    static LONG: [u8; 64 * 1024 + 1] = [b'x'; 64 * 1024 + 1];
    let receiver = Receiver::start(|_| async { plain(StatusCode::OK, &LONG) }).await;
    let answer = receiver.client(Reach::Anywhere).send(receiver.ask("localhost")).await;
    assert!(matches!(answer, Err(Unanswered::Long)), "{answer:?}");
}

#[tokio::test]
async fn an_answer_is_not_waited_for_without_end() {
    let receiver = Receiver::start(|_| async {
        tokio::time::sleep(Duration::from_secs(30)).await;
        plain(StatusCode::OK, b"late")
    })
    .await;
    let patience = Duration::from_millis(300);
    let client = Outbound::new(std::slice::from_ref(&receiver.root), Reach::Anywhere, patience)
        .expect("roots");
    let answer = client.send(receiver.ask("localhost")).await;
    assert!(matches!(answer, Err(Unanswered::Late(_))), "{answer:?}");
}

#[tokio::test]
async fn a_certificate_of_nobody_whom_we_trust_is_no_connection() {
    let receiver = Receiver::start(|_| async { plain(StatusCode::OK, b"") }).await;
    let other = Receiver::start(|_| async { plain(StatusCode::OK, b"") }).await;
    let answer = other.client(Reach::Anywhere).send(receiver.ask("localhost")).await;
    let Err(Unanswered::Connection(why)) = answer else { panic!("{answer:?}") };
    assert!(why.contains("certificate"), "{why}");
}
