//! What a plain HTTP listener says where TLS is on: the same address, with https before it.

use axum::{
    Router,
    extract::Request,
    http::{
        HeaderMap, Method, StatusCode,
        header::{CACHE_CONTROL, LOCATION},
    },
    response::{IntoResponse, Response},
};

use crate::edge::Origin;

/// Leads whoever typed one of the two names to its origin. Only requests that change nothing are led on
/// (RFC 9110 §15.4.9): what else was sent in the clear shall fail where somebody sees it. Nothing is
/// served here, and no other name is answered.
pub fn redirect(join: Origin, console: Origin) -> Router {
    let origins = [join, console];
    Router::new().fallback(async move |request: Request| answer(&origins, &request))
}

fn answer(origins: &[Origin], request: &Request) -> Response {
    let Some(origin) = origins.iter().find(|origin| origin.is_name_of(request.headers())) else {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::FORBIDDEN, "This is not encrypted. Use https.\n").into_response();
    }
    let mut headers = HeaderMap::new();
    // An origin and a parsed request's path are ASCII without control characters.
    if let Ok(address) = origin.address(request.uri()).parse() {
        headers.insert(LOCATION, address);
    }
    headers.insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    (StatusCode::PERMANENT_REDIRECT, headers).into_response()
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::header::HOST};
    use tower::ServiceExt;

    use super::*;

    async fn ask(method: Method, host: &str, path: &str) -> (u16, Option<String>) {
        let origin = |text| Origin::new(text).unwrap();
        let router =
            redirect(origin("https://join.example.org"), origin("https://console.example.org:444"));
        let request = Request::builder().method(method).uri(path).header(HOST, host);
        let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let location = response.headers().get(LOCATION);
        let location = location.map(|location| location.to_str().unwrap().to_owned());
        (response.status().as_u16(), location)
    }

    #[tokio::test]
    async fn an_address_is_the_same_with_https() {
        let to = |address: &str| (308, Some(address.to_owned()));
        let joins = "https://join.example.org/i/abc?x=%20";
        assert_eq!(ask(Method::GET, "join.example.org", "/i/abc?x=%20").await, to(joins));
        assert_eq!(ask(Method::GET, "JOIN.example.org:80", "/i/abc?x=%20").await, to(joins));
        let console = "https://console.example.org:444/";
        assert_eq!(ask(Method::HEAD, "console.example.org", "/").await, to(console));
        // Not to wherever the request says.
        assert_eq!(
            ask(Method::GET, "join.example.org", "//evil.example/").await,
            to("https://join.example.org//evil.example/")
        );
    }

    #[tokio::test]
    async fn nothing_else_is_led_anywhere() {
        for host in ["example.org", "evil.example", "join.example.org.evil.example", "", "[::1]:80"]
        {
            assert_eq!(ask(Method::GET, host, "/").await, (421, None), "{host}");
        }
        assert_eq!(ask(Method::POST, "join.example.org", "/api/join/begin").await, (403, None));
    }
}
