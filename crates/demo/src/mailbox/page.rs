//! The page that shows the letters.

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{Html, IntoResponse, Response},
    routing::get,
};

use super::{Mailbox, ReceivedLetter};

/// What the mailbox's own pages may do.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// What a letter's HTML may do: be read, and have its links opened in a window of their own.
const LETTER_POLICY: HeaderValue = HeaderValue::from_static(
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
     style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'",
);

/// The mailbox's pages. They want an origin of their own: their addresses begin at the root.
///
/// Answers only under names of this machine, so that no web site can read the letters by having its
/// own name point here.
pub fn router(mailbox: Mailbox) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/letters/{number}", get(letter))
        .route("/letters/{number}/html", get(letter_html))
        .route("/mailbox.css", get(style))
        .route("/mailbox.js", get(script))
        .layer(middleware::from_fn(only_here))
        .with_state(mailbox)
}

#[derive(Template)]
#[template(path = "mailbox/list.html")]
struct ListPage {
    letters: Vec<Arc<ReceivedLetter>>,
}

impl ListPage {
    fn newest(&self) -> u64 {
        self.letters.first().map_or(0, |letter| letter.number)
    }
}

#[derive(Template)]
#[template(path = "mailbox/letter.html")]
struct LetterPage {
    letter: Arc<ReceivedLetter>,
}

impl LetterPage {
    fn pieces(&self) -> Vec<Piece<'_>> {
        pieces(&self.letter.text)
    }
}

async fn list(State(mailbox): State<Mailbox>) -> Response {
    page(&ListPage { letters: mailbox.letters() })
}

async fn letter(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Response {
    match mailbox.letter(number) {
        Some(letter) => page(&LetterPage { letter }),
        None => gone(),
    }
}

async fn letter_html(State(mailbox): State<Mailbox>, Path(number): Path<u64>) -> Response {
    let Some(html) = mailbox.letter(number).and_then(|letter| letter.html.clone()) else {
        return gone();
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_SECURITY_POLICY, LETTER_POLICY);
    // Links of a letter open beside the mailbox, as they do from a mail program.
    (headers, Html(format!("<base target=\"_blank\">{html}"))).into_response()
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("mailbox.css"))
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("mailbox.js"))
}

fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn gone() -> Response {
    (StatusCode::NOT_FOUND, "This letter is not here any more.\n").into_response()
}

/// Refuses other hosts' names, and puts the headers on that every answer carries.
async fn only_here(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let mut response = if host.is_some_and(is_here) {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    };
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(PAGE_POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn is_here(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]") || name.ends_with(".localhost")
}

/// A stretch of a letter's text.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Link(&'a str),
}

/// Finds the addresses in a text. Punctuation that ends a sentence is not part of one.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = ["https://", "http://"].iter().filter_map(|s| rest.find(s)).min() {
        let (before, from_link) = rest.split_at(start);
        let end = from_link
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
            .unwrap_or(from_link.len());
        let link = from_link[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Link(link));
        rest = &from_link[link.len()..];
    }
    pieces.push(Piece::Text(rest));
    pieces.retain(|piece| *piece != Piece::Text(""));
    pieces
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    async fn get(host: &str, path: &str) -> (StatusCode, HeaderMap, String) {
        let mailbox = Mailbox::new();
        mailbox.put(|number| ReceivedLetter::sample(number, "Ana & <you>"));
        let request = Request::get(path).header(header::HOST, host).body(Body::empty()).unwrap();
        let response = router(mailbox).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (head.status, head.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_list_names_the_letters_and_says_that_this_is_a_demo() {
        let (status, headers, body) = get("mail.firstkey.localhost:8080", "/").await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains("Ana &#38; &#60;you&#62;"), "{body}");
        assert!(body.contains("href=\"/letters/1\""));
        assert!(body.contains("demo"));
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], PAGE_POLICY);
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
    }

    #[tokio::test]
    async fn a_letters_links_open_in_a_window_that_knows_nothing_of_this_one() {
        let (_, _, body) = get("localhost", "/letters/1").await;
        assert!(
            body.contains(
                "<a href=\"https://join.example.org/i/x?a=1&#38;b=2#s\" target=\"_blank\" \
                 rel=\"noopener noreferrer\">"
            ),
            "{body}"
        );
        assert!(body.contains("Hello &#60;b&#62;Ana&#60;/b&#62;"));
    }

    #[tokio::test]
    async fn a_letters_html_is_served_into_a_sandbox() {
        let (_, headers, body) = get("localhost", "/letters/1/html").await;
        assert!(body.starts_with("<base target=\"_blank\"><p>Hello"));
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], LETTER_POLICY);
    }

    #[tokio::test]
    async fn other_hosts_names_and_letters_that_are_gone_are_refused() {
        assert_eq!(get("eve.example.net", "/").await.0, StatusCode::MISDIRECTED_REQUEST);
        assert_eq!(get("localhost.example.net:80", "/").await.0, StatusCode::MISDIRECTED_REQUEST);
        assert_eq!(get("localhost", "/letters/2").await.0, StatusCode::NOT_FOUND);
        assert_eq!(get("[::1]:8080", "/letters/2/html").await.0, StatusCode::NOT_FOUND);
    }

    #[test]
    fn addresses_end_where_their_sentence_goes_on() {
        assert_eq!(
            pieces("See (https://a.example/x#y), or http://b.example."),
            [
                Piece::Text("See ("),
                Piece::Link("https://a.example/x#y"),
                Piece::Text("), or "),
                Piece::Link("http://b.example"),
                Piece::Text("."),
            ]
        );
        assert_eq!(pieces("javascript:alert(1)"), [Piece::Text("javascript:alert(1)")]);
    }
}
